package org.ikebana.kernel.tun.plane;

import java.net.Inet4Address;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.SaFlags;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.kernel.model.CompleteSa;
import org.ikebana.kernel.tun.esp.EspCipher;
import org.ikebana.kernel.tun.esp.EspCiphers;
import org.ikebana.kernel.tun.esp.OutboundSequence;
import org.ikebana.kernel.tun.packet.IpHeader;
import org.ikebana.kernel.tun.wire.EspPath;

/** An outbound SA at work, shared by all workers. */
final class OutboundSa {
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int UDP_HEADER = 8;

    private final CompleteSa model;
    private final SecurityAssociation installed;
    private final Ciphers ciphers;
    private final OutboundSequence sequence;
    private final EspPath path;
    private final int outerHeaders;
    private final SaSelector selector;
    private final long sourceHigh;
    private final long sourceLow;
    private final long destinationHigh;
    private final long destinationLow;

    OutboundSa(CompleteSa model, EspCiphers algorithms, int workers) throws KernelException {
        this.model = model;
        this.installed = model.installed();
        this.ciphers = Ciphers.of(installed, algorithms, workers);
        this.sequence = new OutboundSequence(installed.extendedSequenceNumbers());
        this.path = new EspPath(
                installed.source(),
                installed.key().destination(),
                installed.encapsulation(),
                installed.flags().copyDf());
        this.outerHeaders = (installed.source() instanceof Inet4Address ? IPV4_HEADER : IPV6_HEADER)
                + (installed.encapsulation().isPresent() ? UDP_HEADER : 0);
        this.selector = new SaSelector(installed.selector());
        this.sourceHigh = Addresses.high(installed.source());
        this.sourceLow = Addresses.low(installed.source());
        this.destinationHigh = Addresses.high(path.destination());
        this.destinationLow = Addresses.low(path.destination());
    }

    CompleteSa model() {
        return model;
    }

    Ciphers ciphers() {
        return ciphers;
    }

    EspCipher cipher(int worker) {
        return ciphers.of(worker);
    }

    OutboundSequence sequence() {
        return sequence;
    }

    EspPath path() {
        return path;
    }

    int spi() {
        return installed.key().spi().value();
    }

    SaFlags flags() {
        return installed.flags();
    }

    boolean isTransport() {
        return installed.mode() == SaMode.TRANSPORT;
    }

    /** The octets of payload that a packet of the path's MTU has room for. */
    int payloadRoom() {
        return ciphers.any().payloadRoom(Math.min(path.mtu(), EspPath.UNKNOWN_MTU - 1) - outerHeaders);
    }

    /** In transport mode the packet's ends are the SA's, and a selector may say more. */
    boolean carries(IpHeader packet) {
        return !isTransport()
                || (packet.sourceLow() == sourceLow
                        && packet.destinationLow() == destinationLow
                        && packet.sourceHigh() == sourceHigh
                        && packet.destinationHigh() == destinationHigh
                        && selector.matches(packet));
    }
}
