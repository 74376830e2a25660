package org.ikebana.ike.sa;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaOptions;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.task.NegotiatedChild;
import org.ikebana.ike.task.Role;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.TransformType;

/**
 * The two SAs of a negotiated child, as the kernel is to have them.
 *
 * @param encapsulated ESP in UDP between the two endpoints' ports (RFC 3948)
 */
record ChildInstallation(
        NegotiatedChild child,
        int reqid,
        InetSocketAddress local,
        InetSocketAddress remote,
        boolean encapsulated,
        Lifetimes lifetimes) {
    private static final int EXTENDED_SEQUENCE_NUMBERS = 1;

    SaKey inboundKey() {
        return new SaKey(
                local.getAddress(),
                child.inbound(),
                SaProtocol.ESP,
                child.config().markInSa() ? child.config().markIn() : Mark.NONE);
    }

    SaKey outboundKey() {
        return new SaKey(
                remote.getAddress(),
                child.outbound(),
                SaProtocol.ESP,
                child.config().markOut());
    }

    KernelChange inbound() {
        return new KernelChange.AddSa(sa(inboundKey(), remote, local, Direction.IN));
    }

    KernelChange.AddSa outbound() {
        return new KernelChange.AddSa(sa(outboundKey(), local, remote, Direction.OUT));
    }

    private SecurityAssociation sa(
            SaKey key, InetSocketAddress source, InetSocketAddress destination, Direction direction) {
        ChildConfig config = child.config();
        return new SecurityAssociation(
                key,
                source.getAddress(),
                direction,
                child.mode(),
                reqid,
                child.acquireSeq(),
                algorithms(direction),
                encapsulated
                        ? Optional.of(new Encapsulation(source.getPort(), destination.getPort()))
                        : Optional.empty(),
                config.replayWindow(),
                extendedSequenceNumbers(),
                lifetimes,
                Optional.empty(),
                direction == Direction.IN ? config.ifIdIn() : config.ifIdOut(),
                direction == Direction.OUT ? child.tfcPadding() : 0,
                config.flags(),
                SaOptions.of(direction == Direction.IN ? config.setMarkIn() : config.setMarkOut(), config.offload()));
    }

    private SaAlgorithms algorithms(Direction direction) {
        boolean initiatorsKeys = (direction == Direction.OUT) == (child.role() == Role.INITIATOR);
        Secret encryption =
                initiatorsKeys ? child.keys().encryptionI() : child.keys().encryptionR();
        Secret integrity =
                initiatorsKeys ? child.keys().integrityI() : child.keys().integrityR();
        return new SaAlgorithms(
                child.suite().transform(TransformType.ENCR).orElseThrow(),
                encryption,
                child.suite()
                        .transform(TransformType.INTEG)
                        .map(negotiated -> new SaAlgorithms.Keyed(asInstalled(negotiated), integrity)));
    }

    /** How a peer truncates what RFC 4868 has as 128 bits is not negotiated. */
    private Transform asInstalled(Transform integrity) {
        return child.config().sha256At96() && integrity.id() == IntegId.HMAC_SHA2_256_128
                ? Transform.of(TransformType.INTEG, IntegId.HMAC_SHA2_256_96)
                : integrity;
    }

    private boolean extendedSequenceNumbers() {
        return child.suite()
                .transform(TransformType.ESN)
                .filter(t -> t.id() == EXTENDED_SEQUENCE_NUMBERS)
                .isPresent();
    }
}
