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
import java.util.function.Function;
import java.util.function.Predicate;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.kernel.memory.IpPacket;
import org.ikebana.kernel.model.VirtualClock;

/** Carries datagrams between hosts, each way in ten milliseconds, as the test lets it. */
final class Network {
    private static final Duration DELAY = Duration.ofMillis(10);

    private final VirtualClock time;
    private final Map<InetAddress, Host> hosts = new HashMap<>();
    private final List<Datagram> sent = new ArrayList<>();
    private Predicate<Datagram> loss = datagram -> false;
    private Optional<Consumer<Datagram>> hand = Optional.empty();
    private Translation source = Optional::of;
    private Translation destination = Optional::of;

    /** What a NAT makes of an address and port; empty where it lets nothing pass. */
    @FunctionalInterface
    private interface Translation extends Function<InetSocketAddress, Optional<InetSocketAddress>> {}

    Network(VirtualClock time) {
        this.time = time;
    }

    void attach(InetAddress address, Host host) {
        hosts.put(address, host);
    }

    void detach(InetAddress address, Host host) {
        hosts.remove(address, host);
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
        source = from -> Optional.of(
                from.getAddress().equals(inside) ? new InetSocketAddress(outside, from.getPort() + portShift) : from);
        destination = to -> Optional.of(
                to.getAddress().equals(outside) && to.getPort() > portShift
                        ? new InetSocketAddress(inside, to.getPort() - portShift)
                        : to);
    }

    void translate(Nat nat) {
        source = nat::outwards;
        destination = nat::inwards;
    }

    /** No NAT any more. */
    void translateNothing() {
        source = Optional::of;
        destination = Optional::of;
    }

    /** As it looks when it arrives; a NAT on the way sees ESP without UDP as if it had no port. */
    Optional<IpPacket.Wrapped> onArrival(IpPacket.Wrapped packet) {
        Encapsulation ports = packet.encapsulation().orElse(new Encapsulation(0, 0));
        Optional<InetSocketAddress> from = source.apply(new InetSocketAddress(packet.source(), ports.sourcePort()));
        Optional<InetSocketAddress> to =
                destination.apply(new InetSocketAddress(packet.destination(), ports.destinationPort()));
        return from.flatMap(s -> to.map(d -> between(packet, s, d)));
    }

    private static IpPacket.Wrapped between(IpPacket.Wrapped packet, InetSocketAddress from, InetSocketAddress to) {
        return new IpPacket.Wrapped(
                from.getAddress(),
                to.getAddress(),
                packet.protocol(),
                packet.spi(),
                packet.mode(),
                packet.encapsulation().map(p -> new Encapsulation(from.getPort(), to.getPort())),
                packet.sequence(),
                packet.seal(),
                packet.inner(),
                packet.mark());
    }

    /** A keepalive of a host: nobody takes it, but a NAT on the way sees it (RFC 3948 4). */
    void keepAlive(InetSocketAddress from) {
        Optional<InetSocketAddress> unused = source.apply(from);
    }

    boolean isAt(InetAddress address, Host host) {
        return hosts.get(address) == host;
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
        deliver(datagram, DELAY);
    }

    void deliver(Datagram datagram, Duration delay) {
        source.apply(datagram.local())
                .ifPresent(from -> destination
                        .apply(datagram.remote())
                        .ifPresent(to ->
                                time.schedule(delay, () -> arrive(new Datagram(to, from, datagram.payload())))));
    }

    private void arrive(Datagram datagram) {
        Host host = hosts.get(datagram.local().getAddress());
        if (host != null) {
            host.receive(datagram);
        }
    }
}
