package org.ikebana.kernel.tun.plane;

import java.util.Optional;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.SaFlags;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.kernel.model.CompleteSa;
import org.ikebana.kernel.tun.esp.EspCipher;
import org.ikebana.kernel.tun.esp.EspCiphers;
import org.ikebana.kernel.tun.esp.ReplayWindow;
import org.ikebana.kernel.tun.packet.IpHeader;

/** An inbound SA at work, shared by all workers. */
final class InboundSa {
    private final CompleteSa model;
    private final SecurityAssociation installed;
    private final Ciphers ciphers;
    private final ReplayWindow window;
    private final SaSelector selector;
    private final long sourceHigh;
    private final long sourceLow;
    private final int sourcePort;
    private final long destinationHigh;
    private final long destinationLow;

    InboundSa(CompleteSa model, EspCiphers algorithms, int workers) throws KernelException {
        this.model = model;
        this.installed = model.installed();
        this.ciphers = Ciphers.of(installed, algorithms, workers);
        this.window = new ReplayWindow(installed.replayWindow(), installed.extendedSequenceNumbers());
        this.selector = new SaSelector(installed.selector());
        this.sourceHigh = Addresses.high(installed.source());
        this.sourceLow = Addresses.low(installed.source());
        this.sourcePort =
                installed.encapsulation().map(Encapsulation::sourcePort).orElse(0);
        this.destinationHigh = Addresses.high(installed.key().destination());
        this.destinationLow = Addresses.low(installed.key().destination());
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

    ReplayWindow window() {
        return window;
    }

    int spi() {
        return installed.key().spi().value();
    }

    SaMode mode() {
        return installed.mode();
    }

    SaFlags flags() {
        return installed.flags();
    }

    Optional<Encapsulation> encapsulation() {
        return installed.encapsulation();
    }

    boolean isInUdp() {
        return sourcePort != 0;
    }

    boolean isFor(long high, long low) {
        return destinationHigh == high && destinationLow == low;
    }

    boolean comesFrom(long high, long low, int port) {
        return sourceHigh == high && sourceLow == low && sourcePort == port;
    }

    boolean letsThrough(IpHeader packet) {
        return selector.matches(packet);
    }
}
