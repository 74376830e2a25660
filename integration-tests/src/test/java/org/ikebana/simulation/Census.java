package org.ikebana.simulation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.MessageReader;
import org.ikebana.ike.wire.PayloadType;

/** How often simulations have met what: so that nobody takes it for tested what never happens in them. */
final class Census {
    /** RFC 7296 3.1. */
    private static final int NEXT_PAYLOAD_OFFSET = 16;

    private final Map<String, Long> counts = new TreeMap<>();

    void met(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    void happened(IkeEvent event) {
        met("event " + event.getClass().getSimpleName());
        if (event instanceof IkeEvent.IkeSaEstablished up) {
            up.ppk().ifPresent(id -> met("IKE SA with a PPK"));
            if (up.natDetected()) {
                met("IKE SA behind a NAT");
            }
        }
    }

    void sent(Datagram datagram) {
        String exchange = MessageReader.readHeader(datagram.payload())
                .flatMap(IkeHeader::exchange)
                .map(Enum::name)
                .orElse("of no known exchange");
        met("datagram " + exchange);
        if (datagram.payload()[NEXT_PAYLOAD_OFFSET] == PayloadType.SKF.code()) {
            met("datagram that is a fragment");
        }
    }

    synchronized void add(Census other) {
        other.counts.forEach((what, times) -> counts.merge(what, times, Long::sum));
    }

    /** A line each, in the order of the names. */
    synchronized List<String> lines() {
        return counts.entrySet().stream()
                .map(entry -> "%,15d  %s".formatted(entry.getValue(), entry.getKey()))
                .toList();
    }
}
