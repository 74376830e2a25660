package org.ikebana.simulation;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.kernel.model.VirtualClock;

/** Carries datagrams between hosts, each way in ten milliseconds, as the test lets it. */
final class Network {
    private static final Duration DELAY = Duration.ofMillis(10);

    private final VirtualClock time;
    private final Map<InetAddress, Host> hosts = new HashMap<>();
    private final List<Datagram> sent = new ArrayList<>();
    private Predicate<Datagram> loss = datagram -> false;
    private Optional<Consumer<Datagram>> hand = Optional.empty();
    private UnaryOperator<InetSocketAddress> sourceTranslation = UnaryOperator.identity();
    private UnaryOperator<InetSocketAddress> destinationTranslation = UnaryOperator.identity();

    Network(VirtualClock time) {
        this.time = time;
    }

    void attach(InetAddress address, Host host) {
        hosts.put(address, host);
    }

    /** Datagrams that are lost, asked when they are sent. */
    void lose(Predicate<Datagram> which) {
        loss = which;
    }

    /** From now on messages wait for {@link #deliver}. */
    void byHand(Consumer<Datagram> waiting) {
        hand = Optional.of(waiting);
    }

    /** A NAT in front of {@code inside}: it is seen as {@code outside}, its ports moved up by {@code portShift}. */
    void translate(InetAddress inside, InetAddress outside, int portShift) {
        sourceTranslation = from ->
                from.getAddress().equals(inside) ? new InetSocketAddress(outside, from.getPort() + portShift) : from;
        destinationTranslation =
                to -> to.getAddress().equals(outside) ? new InetSocketAddress(inside, to.getPort() - portShift) : to;
    }

    /** All that was sent, lost or not, in order. */
    List<Datagram> sent() {
        return sent;
    }

    void carry(Datagram datagram) {
        sent.add(datagram);
        if (!loss.test(datagram)) {
            hand.ifPresentOrElse(h -> h.accept(datagram), () -> deliver(datagram));
        }
    }

    /** Also for what a test makes up, or says again. */
    void deliver(Datagram datagram) {
        InetSocketAddress source = sourceTranslation.apply(datagram.local());
        InetSocketAddress destination = destinationTranslation.apply(datagram.remote());
        time.schedule(DELAY, () -> {
            Host host = hosts.get(destination.getAddress());
            if (host != null) {
                host.engine().onDatagram(new Datagram(destination, source, datagram.payload()));
            }
        });
    }
}
