package org.ikebana.kernel.tun.plane;

import java.net.InetSocketAddress;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.kernel.model.KernelModel;
import org.ikebana.kernel.tun.wire.EspReceiver;

/** Tells when a NAT sends an SA's packets from elsewhere than before: once for each new place in a row. Of one worker. */
final class Mappings {
    private final KernelModel model;
    private int toldSpi;
    private long toldHigh;
    private long toldLow;
    private int toldPort;

    Mappings(KernelModel model) {
        this.model = model;
    }

    /** A genuine packet came as run {@code i}. */
    void check(InboundSa sa, EspReceiver receiver, int i) {
        if (!sa.isInUdp()) {
            return;
        }
        if (sa.comesFrom(receiver.sourceHigh(i), receiver.sourceLow(i), receiver.sourcePort(i))) {
            forget(sa);
        } else if (isNew(sa, receiver, i)) {
            tell(sa, receiver, i);
        }
    }

    /** It has moved there, or come back: the next change is a new one. */
    private void forget(InboundSa sa) {
        if (toldSpi == sa.spi()) {
            toldPort = 0;
        }
    }

    private boolean isNew(InboundSa sa, EspReceiver receiver, int i) {
        return toldSpi != sa.spi()
                || toldHigh != receiver.sourceHigh(i)
                || toldLow != receiver.sourceLow(i)
                || toldPort != receiver.sourcePort(i);
    }

    private void tell(InboundSa sa, EspReceiver receiver, int i) {
        toldSpi = sa.spi();
        toldHigh = receiver.sourceHigh(i);
        toldLow = receiver.sourceLow(i);
        toldPort = receiver.sourcePort(i);
        int portBefore = sa.encapsulation().map(Encapsulation::sourcePort).orElse(0);
        model.raise(new KernelEvent.MappingChanged(
                sa.model().key(),
                sa.model().reqid(),
                new InetSocketAddress(sa.model().source(), portBefore),
                new InetSocketAddress(Addresses.of(toldHigh, toldLow), toldPort)));
    }
}
