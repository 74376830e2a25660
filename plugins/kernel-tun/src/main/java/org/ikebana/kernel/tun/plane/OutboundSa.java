package org.ikebana.kernel.tun.plane;

import java.net.Inet4Address;
import java.net.InetAddress;
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

/** An outbound SA at work, shared by all workers. Where it goes may change; its numbers and keys go on. */
final class OutboundSa {
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int UDP_HEADER = 8;

    /** Padding alone does not make a packet longer than this while nothing is known of the path (RFC 8200 5). */
    private static final int LEAST_MTU = 1280;

    private final CompleteSa model;
    private final int spi;
    private final boolean transport;
    private final SaFlags flags;
    private final int tfcPadding;
    private final Ciphers ciphers;
    private final OutboundSequence sequence;
    private final SaSelector selector;
    private volatile Ends ends;

    OutboundSa(CompleteSa model, EspCiphers algorithms, int workers) throws KernelException {
        SecurityAssociation installed = model.installed();
        this.model = model;
        this.spi = installed.key().spi().value();
        this.transport = installed.mode() == SaMode.TRANSPORT;
        this.flags = installed.flags();
        this.tfcPadding = transport ? 0 : installed.tfcPadding();
        this.ciphers = Ciphers.of(installed, algorithms, workers);
        this.sequence = new OutboundSequence(installed.extendedSequenceNumbers());
        this.selector = new SaSelector(installed.selector());
        this.ends = Ends.of(installed);
    }

    CompleteSa model() {
        return model;
    }

    /** The model's SA has other ends now; packets that are being sealed still go to the old ones. */
    void moved() {
        ends = Ends.of(model.installed());
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
        return ends.path;
    }

    int spi() {
        return spi;
    }

    SaFlags flags() {
        return flags;
    }

    boolean isTransport() {
        return transport;
    }

    /** The octets of payload that a packet of the path's MTU has room for. */
    int payloadRoom() {
        Ends now = ends;
        return payloadRoom(Math.min(now.path.mtu(), EspPath.UNKNOWN_MTU - 1), now);
    }

    /** How many octets of payload stand for so many, lest the packet's length be seen (RFC 4303 2.7). */
    int padded(int payload) {
        if (payload >= tfcPadding) {
            return payload;
        }
        Ends now = ends;
        int mtu = now.path.mtu() == EspPath.UNKNOWN_MTU ? LEAST_MTU : now.path.mtu();
        return Math.max(payload, Math.min(tfcPadding, payloadRoom(mtu, now)));
    }

    /** In transport mode the packet's ends are the SA's, and a selector may say more. */
    boolean carries(IpHeader packet) {
        return !transport || (ends.areOf(packet) && selector.matches(packet));
    }

    private int payloadRoom(int mtu, Ends now) {
        return ciphers.any().payloadRoom(mtu - now.outerHeaders);
    }

    private record Ends(
            EspPath path,
            int outerHeaders,
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow) {
        static Ends of(SecurityAssociation installed) {
            InetAddress source = installed.source();
            InetAddress destination = installed.key().destination();
            return new Ends(
                    new EspPath(
                            source,
                            destination,
                            installed.encapsulation(),
                            installed.flags().copyDf()),
                    (source instanceof Inet4Address ? IPV4_HEADER : IPV6_HEADER)
                            + (installed.encapsulation().isPresent() ? UDP_HEADER : 0),
                    Addresses.high(source),
                    Addresses.low(source),
                    Addresses.high(destination),
                    Addresses.low(destination));
        }

        boolean areOf(IpHeader packet) {
            return packet.sourceLow() == sourceLow
                    && packet.destinationLow() == destinationLow
                    && packet.sourceHigh() == sourceHigh
                    && packet.destinationHigh() == destinationHigh;
        }
    }
}
