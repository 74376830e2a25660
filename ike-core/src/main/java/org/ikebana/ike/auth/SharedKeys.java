package org.ikebana.ike.auth;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The shared keys of a configuration. A key serves two identities if it belongs to one of them or to anybody; of
 * several, the one that belongs to both is taken, else to the remote one, else to the local one, else to anybody.
 * Among equals an identity itself goes before a pattern, and what is configured first goes first.
 */
public final class SharedKeys implements CredentialStore {
    private final List<SharedKey> keys;
    /** Places in {@link #keys}, so that ten thousand are not gone through for each peer. */
    private final Map<Identity, List<Integer>> ofIdentity = new HashMap<>();

    /** Places of those that may belong to whomever. */
    private final List<Integer> ofMany = new ArrayList<>();

    public SharedKeys(List<SharedKey> keys) {
        this.keys = List.copyOf(keys);
        for (int place = 0; place < this.keys.size(); place++) {
            index(this.keys.get(place).owners(), place);
        }
    }

    @Override
    public Optional<SharedKey> sharedKey(Identity local, Identity remote) {
        return mayServe(local, remote)
                .map(key -> new Candidate(key, fit(key, local), fit(key, remote)))
                .filter(Candidate::serves)
                // The first of the best: max() would take the last.
                .reduce((best, next) -> Candidate.ORDER.compare(next, best) > 0 ? next : best)
                .map(Candidate::key);
    }

    @Override
    public List<String> candidates() {
        return keys.stream().map(SharedKeys::describe).toList();
    }

    private void index(List<Identity> owners, int place) {
        if (owners.isEmpty() || !owners.stream().allMatch(Identity::isConcrete)) {
            ofMany.add(place);
            return;
        }
        owners.stream()
                .map(Identity::folded)
                .distinct()
                .forEach(owner -> ofIdentity
                        .computeIfAbsent(owner, o -> new ArrayList<>(1))
                        .add(place));
    }

    /** In the order of the configuration. */
    private Stream<SharedKey> mayServe(Identity local, Identity remote) {
        return Stream.of(
                        ofMany,
                        ofIdentity.getOrDefault(local.folded(), List.of()),
                        ofIdentity.getOrDefault(remote.folded(), List.of()))
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .map(keys::get);
    }

    /** How well a key belongs to one side; later is better. */
    private enum Fit {
        NOT,
        ANYBODY,
        PATTERN,
        ITSELF;

        boolean isOwner() {
            return compareTo(PATTERN) >= 0;
        }
    }

    private record Candidate(SharedKey key, Fit local, Fit remote) {
        static final Comparator<Candidate> ORDER = Comparator.comparing(
                        (Candidate c) -> c.remote.isOwner() && c.local.isOwner())
                .thenComparing(c -> c.remote.isOwner())
                .thenComparing(c -> c.local.isOwner())
                .thenComparing(Candidate::remote)
                .thenComparing(Candidate::local);

        boolean serves() {
            return remote != Fit.NOT || local != Fit.NOT;
        }
    }

    private static Fit fit(SharedKey key, Identity identity) {
        return key.owners().isEmpty()
                ? Fit.ANYBODY
                : key.owners().stream()
                        .map(owner -> fit(owner, identity))
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
    }

    private static Fit fit(Identity owner, Identity identity) {
        if (owner.equals(Identity.ANY)) {
            return Fit.ANYBODY;
        }
        if (!identity.matches(owner)) {
            return Fit.NOT;
        }
        return owner.isConcrete() ? Fit.ITSELF : Fit.PATTERN;
    }

    private static String describe(SharedKey key) {
        String owners = key.owners().isEmpty()
                ? "anybody"
                : key.owners().stream().map(Identity::toString).collect(joining(" and "));
        return key.name() + " of " + owners;
    }
}
