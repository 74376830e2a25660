package org.ikebana.ike.revocation;

import java.util.Optional;

/** Whether a peer may come in, as far as revocation of its certificates is concerned. */
public sealed interface Verdict {
    /** @param doubt what is not known though it should be, for people; the configuration lets that pass */
    record Admitted(Optional<String> doubt) implements Verdict {}

    /** @param sentence which certificate, and why */
    record Refused(String sentence) implements Verdict {}
}
