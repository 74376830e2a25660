package org.ikebana.ike.revocation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.Revocation;
import org.ikebana.ike.x509.TrustedList;
import org.ikebana.ike.x509.UnusableStatusException;

/**
 * Whether an OCSP responder that a CA has certified may be believed: its own certificate must not have been revoked, say the CA's
 * lists (RFC 6960 4.2.2.2.1). Where neither it nor the configuration names a list, the CA has left no way to find out.
 */
final class ResponderCheck {
    /** That are asked for, one after another. */
    private static final int MAX_LISTS = 2;

    private final Certificate responder;
    private final Certificate issuer;
    private final Sources sources;
    private final Consumer<Optional<String>> result;
    private final Deque<String> uris;

    /**
     * What a list says.
     *
     * @param fault empty if the responder is good
     */
    private record Word(Optional<String> fault) {}

    /** @param result told once, perhaps at once, why it may not be believed, as part of a sentence; empty if it may */
    ResponderCheck(Certificate responder, Certificate issuer, Sources sources, Consumer<Optional<String>> result) {
        this.responder = responder;
        this.issuer = issuer;
        this.sources = sources;
        this.result = result;
        this.uris = new ArrayDeque<>(sources.configured().listUris(responder, issuer).stream()
                .limit(MAX_LISTS)
                .toList());
    }

    /** By what is at hand alone. */
    static Optional<String> fault(Certificate responder, Certificate issuer, Sources sources) {
        var check = new ResponderCheck(responder, issuer, sources, ignored -> {});
        return check.atHand()
                .map(Word::fault)
                .orElseGet(() -> check.uris.isEmpty() ? Optional.empty() : Optional.of(check.unknown("")));
    }

    void start() {
        Optional<Word> known = atHand();
        if (known.isPresent()) {
            result.accept(known.get().fault());
        } else if (uris.isEmpty()) {
            result.accept(Optional.empty());
        } else {
            get(uris.remove());
        }
    }

    private void get(String uri) {
        sources.lists().get(uri, issuer, answer -> {
            switch (answer) {
                case Answer.Known<TrustedList> known -> heard(of(List.of(known.value())), "the list does not say");
                case Answer.Failed<TrustedList> failed -> heard(Optional.empty(), failed.why());
            }
        });
    }

    private void heard(Optional<Word> word, String otherwise) {
        if (word.isPresent()) {
            result.accept(word.get().fault());
        } else if (uris.isEmpty()) {
            result.accept(Optional.of(unknown(": " + otherwise)));
        } else {
            get(uris.remove());
        }
    }

    private Optional<Word> atHand() {
        return of(Stream.concat(
                        sources.files().of(issuer, unusable -> {}).stream(),
                        uris.stream().flatMap(uri -> sources.lists().atHand(uri, issuer).stream()))
                .filter(list -> !list.isDelta())
                .toList());
    }

    /** Empty where none of them says. */
    private Optional<Word> of(List<TrustedList> lists) {
        Optional<Word> word = Optional.empty();
        for (TrustedList list : lists) {
            try {
                Optional<Revocation> revocation = list.status(
                                responder, List.of(), sources.environment().now())
                        .revocation();
                if (revocation.isPresent()) {
                    String fault = "its responder " + responder + " has itself been revoked " + revocation.get();
                    return Optional.of(new Word(Optional.of(fault)));
                }
                word = Optional.of(new Word(Optional.empty()));
            } catch (UnusableStatusException e) {
                continue; // another one may say
            }
        }
        return word;
    }

    private String unknown(String why) {
        return "it is not known whether its responder " + responder + " has itself been revoked" + why;
    }
}
