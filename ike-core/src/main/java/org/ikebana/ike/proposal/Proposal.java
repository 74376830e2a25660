package org.ikebana.ike.proposal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ikebana.ike.wire.TransformType;

/**
 * What one side allows for one protocol: any one transform of each type (RFC 7296 3.3). Transforms of a type stand in
 * the order of preference.
 *
 * @param protocol {@link org.ikebana.ike.wire.ProtocolId}
 */
public record Proposal(int protocol, List<Transform> transforms) {
    public Proposal {
        transforms = List.copyOf(transforms);
    }

    /** The transforms of one type, in order. */
    public List<Transform> of(TransformType type) {
        return ofType(type, transforms);
    }

    static List<Transform> ofType(TransformType type, Collection<Transform> transforms) {
        List<Transform> found = new ArrayList<>(transforms.size()); // no stream: each handshake asks some thirty times
        for (Transform transform : transforms) {
            if (transform.type() == type) {
                found.add(transform);
            }
        }
        return found;
    }

    /** Whether there may be key exchanges after the first one (RFC 9370). */
    public boolean hasAdditionalKeyExchanges() {
        return transforms.stream().anyMatch(t -> t.isAdditionalKeyExchange() && !t.isNone());
    }

    /**
     * Whether a suite, which may have come of another proposal, could have come of this one. What is absent from it means NONE,
     * and a key exchange that is not optional here must not be absent.
     */
    public boolean allows(Suite suite) {
        boolean allowed = suite.transforms().stream().allMatch(t -> t.isNone() || transforms.contains(t));
        return allowed
                && transforms.stream()
                        .filter(Transform::isKeyExchange)
                        .map(Transform::type)
                        .allMatch(type -> suite.transform(type).isPresent()
                                || of(type).stream().anyMatch(Transform::isNone));
    }

    /** As offered in IKE_AUTH, where no key exchange goes with the child SA (RFC 7296 1.2). */
    public Proposal withoutKeyExchange() {
        return with(t -> !t.isKeyExchange());
    }

    /**
     * How this is offered: AEADs, which go without an integrity algorithm, and other ciphers must not share a proposal
     * (RFC 7296 3.3, RFC 5282 8).
     */
    Stream<Proposal> separated() {
        List<Transform> ciphers = of(TransformType.ENCR);
        if (ciphers.stream().noneMatch(Transform::isAead)) {
            return Stream.of(this);
        }
        Proposal aead =
                with(t -> t.type() == TransformType.ENCR ? t.isAead() : t.type() != TransformType.INTEG || t.isNone());
        if (ciphers.stream().allMatch(Transform::isAead)) {
            return Stream.of(aead);
        }
        Proposal others = with(t -> !t.isAead());
        return ciphers.getFirst().isAead() ? Stream.of(aead, others) : Stream.of(others, aead);
    }

    private Proposal with(Predicate<Transform> wanted) {
        return new Proposal(protocol, transforms.stream().filter(wanted).toList());
    }

    /** In the proposal syntax: {@code aes256gcm16-prfsha384-ecp384}. */
    @Override
    public String toString() {
        return ProposalSyntax.print(transforms);
    }
}
