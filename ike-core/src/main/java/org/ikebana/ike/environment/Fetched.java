package org.ikebana.ike.environment;

import org.ikebana.ike.wire.Octets;

/** What came of a {@link Fetch}. */
public sealed interface Fetched {
    /** It may come from anybody, and be anything. */
    record Content(Octets octets) implements Fetched {}

    /** @param why as part of a sentence */
    record Failed(String why) implements Fetched {}
}
