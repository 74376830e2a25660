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

/** An inbound SA at work, shared by all workers. Its ends may change; its window and keys go on. */
final class InboundSa {
    private final CompleteSa model;
    private final int spi;
    private final SaMode mode;
    private final SaFlags flags;
    private final Ciphers ciphers;
    private final ReplayWindow window;
    private final SaSelector selector;
    private volatile Ends ends;

    InboundSa(CompleteSa model, EspCiphers algorithms, int workers) throws KernelException {
        SecurityAssociation installed = model.installed();
        this.model = model;
        this.spi = installed.key().spi().value();
        this.mode = installed.mode();
        this.flags = installed.flags();
        this.ciphers = Ciphers.of(installed, algorithms, workers);
        this.window = new ReplayWindow(installed.replayWindow(), installed.extendedSequenceNumbers());
        this.selector = new SaSelector(installed.selector());
        this.ends = Ends.of(installed);
    }

    CompleteSa model() {
        return model;
    }

    /** The model's SA has other ends now. */
    void moved() {
        ends = Ends.of(model.installed());
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
        return spi;
    }

    SaMode mode() {
        return mode;
    }

    SaFlags flags() {
        return flags;
    }

    Optional<Encapsulation> encapsulation() {
        return model.installed().encapsulation();
    }

    boolean isInUdp() {
        return ends.sourcePort != 0;
    }

    boolean isFor(long high, long low) {
        Ends now = ends;
        return now.destinationHigh == high && now.destinationLow == low;
    }

    boolean comesFrom(long high, long low, int port) {
        Ends now = ends;
        return now.sourceHigh == high && now.sourceLow == low && now.sourcePort == port;
    }

    boolean letsThrough(IpHeader packet) {
        return selector.matches(packet);
    }

    /** @param sourcePort 0 for ESP without UDP */
    private record Ends(long sourceHigh, long sourceLow, int sourcePort, long destinationHigh, long destinationLow) {
        static Ends of(SecurityAssociation installed) {
            return new Ends(
                    Addresses.high(installed.source()),
                    Addresses.low(installed.source()),
                    installed.encapsulation().map(Encapsulation::sourcePort).orElse(0),
                    Addresses.high(installed.key().destination()),
                    Addresses.low(installed.key().destination()));
        }
    }
}
