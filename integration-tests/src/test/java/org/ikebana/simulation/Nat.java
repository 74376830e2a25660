package org.ikebana.simulation;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.ikebana.kernel.model.VirtualClock;

/**
 * A NAT in front of one address. A mapping begins with a datagram from inside, lasts while more come, and is forgotten: by
 * itself when none has come for a while, or all at once. The next one has another port.
 */
final class Nat {
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final int FIRST_PORT = 20_000;

    private final VirtualClock time;
    private final InetAddress inside;
    private final InetAddress outside;
    private final Map<Integer, Mapping> byInsidePort = new HashMap<>();
    private int nextPort = FIRST_PORT;

    private record Mapping(int outsidePort, Instant lastUse) {}

    Nat(VirtualClock time, InetAddress inside, InetAddress outside) {
        this.time = time;
        this.inside = inside;
        this.outside = outside;
    }

    void forget() {
        byInsidePort.clear();
    }

    /** A source on its way out; empty for what has no ports, which no answer would find its way back to. */
    Optional<InetSocketAddress> outwards(InetSocketAddress source) {
        if (!source.getAddress().equals(inside)) {
            return Optional.of(source);
        }
        if (source.getPort() == 0) {
            return Optional.empty();
        }
        int port = mapping(source.getPort()).map(Mapping::outsidePort).orElseGet(() -> nextPort++);
        byInsidePort.put(source.getPort(), new Mapping(port, time.now()));
        return Optional.of(new InetSocketAddress(outside, port));
    }

    /** A destination on its way in; empty where no mapping leads to anybody. */
    Optional<InetSocketAddress> inwards(InetSocketAddress destination) {
        if (destination.getAddress().equals(inside)) {
            return Optional.empty();
        }
        if (!destination.getAddress().equals(outside)) {
            return Optional.of(destination);
        }
        return byInsidePort.keySet().stream()
                .filter(port -> mapping(port)
                        .filter(m -> m.outsidePort == destination.getPort())
                        .isPresent())
                .findFirst()
                .map(port -> new InetSocketAddress(inside, port));
    }

    private Optional<Mapping> mapping(int insidePort) {
        return Optional.ofNullable(byInsidePort.get(insidePort))
                .filter(m -> Duration.between(m.lastUse, time.now()).compareTo(IDLE) <= 0);
    }
}
