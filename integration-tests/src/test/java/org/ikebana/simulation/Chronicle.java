package org.ikebana.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.MessageReader;
import org.ikebana.kernel.model.VirtualClock;

/** The last part of what happened in a simulation, a line each, as a ladder of messages between its two hosts. */
final class Chronicle {
    private final VirtualClock time;
    private final Instant begin;
    private final Deque<Line> lines = new ArrayDeque<>();
    private final int most;
    private final Map<Long, String> spis = new HashMap<>();

    /** Written out only when somebody reads it. */
    private record Line(Instant at, Supplier<String> text) {}

    /** @param most lines that are kept */
    Chronicle(VirtualClock time, int most) {
        this.most = most;
        this.time = time;
        this.begin = time.now();
    }

    void note(Supplier<String> text) {
        if (lines.size() == most) {
            lines.remove();
        }
        lines.add(new Line(time.now(), text));
    }

    /** @param fate what the network does to it */
    void message(Datagram datagram, String fate) {
        note(() -> {
            boolean fromWest = Scenario.isOfWest(datagram.local().getAddress());
            String text = MessageReader.readHeader(datagram.payload())
                    .map(this::describe)
                    .orElse("no message");
            return (fromWest ? "west ---> " : "     <--- east  ") + text + ", " + datagram.payload().length + " octets "
                    + fate;
        });
    }

    List<String> lines() {
        return lines.stream()
                .map(line ->
                        "%10.3f  %s".formatted(Duration.between(begin, line.at).toMillis() / 1000.0, line.text.get()))
                .toList();
    }

    private String describe(IkeHeader header) {
        return "%s %s %d of %s/%s"
                .formatted(
                        header.exchange().map(Enum::name).orElse("?"),
                        header.response() ? "response" : "request",
                        header.messageId(),
                        name(header.initiatorSpi()),
                        name(header.responderSpi()));
    }

    private String name(long spi) {
        return spi == 0 ? "0" : spis.computeIfAbsent(spi, s -> "%04x".formatted(s >>> 48));
    }
}
