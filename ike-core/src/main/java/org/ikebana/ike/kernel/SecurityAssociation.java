package org.ikebana.ike.kernel;

import java.net.InetAddress;
import java.util.Optional;

/**
 * One SA to be installed.
 *
 * @param direction IN or OUT
 * @param reqid ties the SA to the templates of its policies
 * @param acquireSeq {@code seq} of the {@link KernelEvent.Acquire} it answers, 0 for none
 * @param encapsulation ESP in UDP, if any
 * @param replayWindow in packets; 0 for none; ignored on outbound SAs
 * @param selector for transport and BEET mode only: what may pass; empty in tunnel mode
 * @param ifId XFRM interface ID, 0 for none
 * @param tfcPadding octets that a shorter packet is padded to before it is encrypted, as far as the path's MTU has room
 *     (RFC 4303 2.7); 0 for none. Tunnel mode only, and no effect on inbound SAs
 * @param options what Linux has besides
 */
public record SecurityAssociation(
        SaKey key,
        InetAddress source,
        Direction direction,
        SaMode mode,
        int reqid,
        int acquireSeq,
        SaAlgorithms algorithms,
        Optional<Encapsulation> encapsulation,
        int replayWindow,
        boolean extendedSequenceNumbers,
        Lifetimes lifetimes,
        Optional<PolicySelector> selector,
        int ifId,
        int tfcPadding,
        SaFlags flags,
        SaOptions options) {
    /** One without options. */
    public SecurityAssociation(
            SaKey key,
            InetAddress source,
            Direction direction,
            SaMode mode,
            int reqid,
            int acquireSeq,
            SaAlgorithms algorithms,
            Optional<Encapsulation> encapsulation,
            int replayWindow,
            boolean extendedSequenceNumbers,
            Lifetimes lifetimes,
            Optional<PolicySelector> selector,
            int ifId,
            int tfcPadding,
            SaFlags flags) {
        this(
                key,
                source,
                direction,
                mode,
                reqid,
                acquireSeq,
                algorithms,
                encapsulation,
                replayWindow,
                extendedSequenceNumbers,
                lifetimes,
                selector,
                ifId,
                tfcPadding,
                flags,
                SaOptions.NONE);
    }

    /** The same SA between other ends; it shares the keys. */
    public SecurityAssociation between(
            InetAddress newSource, InetAddress newDestination, Optional<Encapsulation> newEncapsulation) {
        return new SecurityAssociation(
                key.to(newDestination),
                newSource,
                direction,
                mode,
                reqid,
                acquireSeq,
                algorithms,
                newEncapsulation,
                replayWindow,
                extendedSequenceNumbers,
                lifetimes,
                selector,
                ifId,
                tfcPadding,
                flags,
                options);
    }
}
