package org.ikebana.ike.revocation;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.environment.Fetch;
import org.ikebana.ike.environment.Fetched;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.RevocationList;
import org.ikebana.ike.x509.TrustedList;
import org.ikebana.ike.x509.UnusableStatusException;

/** Gets revocation lists from where they are published (RFC 5280 4.2.1.13), and keeps them until the next ones are due. */
final class ListServers {
    private final Environment environment;
    private final CryptoRegistry crypto;
    private final Lookups<TrustedList> lookups;
    private final ListCache cache = new ListCache();

    ListServers(Environment environment, CryptoRegistry crypto) {
        this.environment = environment;
        this.crypto = crypto;
        this.lookups = new Lookups<>(environment);
    }

    /** What has been fetched already. */
    Optional<TrustedList> atHand(String uri, Certificate issuer) {
        return cache.find(uri, issuer, environment.now());
    }

    /** @param result may be told at once */
    void get(String uri, Certificate issuer, Consumer<Answer<TrustedList>> result) {
        Optional<TrustedList> kept = atHand(uri, issuer);
        if (kept.isPresent()) {
            result.accept(new Answer.Known<>(kept.get()));
            return;
        }
        Instant now = environment.now();
        lookups.look(
                new Lookups.Target(uri, issuer.publicKeyHash().toString()),
                new Fetch(uri, Optional.empty(), RevocationList.MAX_LENGTH),
                fetched -> read(fetched, issuer, now),
                answer -> {
                    if (answer instanceof Answer.Known<TrustedList> known) {
                        cache.put(uri, known.value());
                    }
                    result.accept(answer);
                });
    }

    private Answer<TrustedList> read(Fetched fetched, Certificate issuer, Instant now) {
        return switch (fetched) {
            case Fetched.Failed failed -> new Answer.Failed<>(failed.why(), true);
            case Fetched.Content content -> {
                try {
                    TrustedList list = RevocationList.decode(content.octets()).trust(issuer, crypto);
                    list.checkCurrent(now);
                    yield new Answer.Known<>(list);
                } catch (UnusableStatusException e) {
                    yield new Answer.Failed<>(String.valueOf(e.getMessage()), false);
                }
            }
        };
    }

    /** Forgets what it has got. */
    void flush() {
        cache.clear();
    }
}
