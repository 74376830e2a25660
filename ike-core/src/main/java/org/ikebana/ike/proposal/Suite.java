package org.ikebana.ike.proposal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.wire.TransformType;

/**
 * What was agreed upon: at most one transform of each type.
 *
 * @param protocol {@link org.ikebana.ike.wire.ProtocolId}
 * @param transforms as the answer carries them: a NONE that was offered is among them, a type that was not is absent
 */
public record Suite(int protocol, List<Transform> transforms) {
    public Suite {
        transforms = List.copyOf(transforms);
    }

    /** Empty where nothing or NONE was agreed upon. */
    public Optional<Transform> transform(TransformType type) {
        for (Transform transform : transforms) {
            if (transform.type() == type && !transform.isNone()) {
                return Optional.of(transform);
            }
        }
        return Optional.empty();
    }

    /** ADDKE1 to ADDKE7 in order, without those of NONE (RFC 9370 2.2.1). */
    public List<Transform> additionalKeyExchanges() {
        List<Transform> additional = new ArrayList<>(); // no stream: each handshake asks several times
        for (Transform transform : transforms) {
            if (transform.isAdditionalKeyExchange() && !transform.isNone()) {
                additional.add(transform);
            }
        }
        additional.sort(Comparator.comparing(Transform::type));
        return additional;
    }

    /** Extended sequence numbers (RFC 4303 2.2.1); an offer that is silent about them means 32 bits. */
    public boolean usesExtendedSequenceNumbers() {
        return transform(TransformType.ESN).filter(t -> t.id() == 1).isPresent();
    }

    /** In the proposal syntax: {@code aes256gcm16-prfsha384-ecp384}. */
    @Override
    public String toString() {
        return ProposalSyntax.print(transforms);
    }
}
