package org.ikebana.ike.service;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.event.EventContext;
import org.ikebana.ike.event.Subsystem;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.MessageReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line for each datagram of IKE at the level debug: its ends and what its header says, which is no secret. */
final class DatagramLog {
    private static final Logger LOG = LoggerFactory.getLogger(Subsystem.NET.logger());

    private DatagramLog() {}

    static void received(Datagram datagram) {
        if (LOG.isDebugEnabled()) {
            log("received", "from", datagram);
        }
    }

    static void sent(Datagram datagram) {
        if (LOG.isDebugEnabled()) {
            log("sent", "to", datagram);
        }
    }

    private static void log(String verb, String preposition, Datagram datagram) {
        Optional<IkeHeader> header = MessageReader.readHeader(datagram.payload());
        try (LogContext context = LogContext.of(header.map(DatagramLog::fields).orElse(Map.of()))) {
            LOG.debug(
                    "{} {}, {} octets, {} {} at {}",
                    verb,
                    header.map(DatagramLog::describe).orElse("what is no IKE message"),
                    datagram.payload().length,
                    preposition,
                    text(datagram.remote()),
                    text(datagram.local()));
        }
    }

    private static String describe(IkeHeader header) {
        return "%s %s %d"
                .formatted(
                        header.exchange().map(ExchangeType::name).orElse("an unknown exchange"),
                        header.response() ? "response" : "request",
                        Integer.toUnsignedLong(header.messageId()));
    }

    private static Map<String, String> fields(IkeHeader header) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(EventContext.INITIATOR_SPI, "%016x".formatted(header.initiatorSpi()));
        fields.put(EventContext.RESPONDER_SPI, "%016x".formatted(header.responderSpi()));
        return fields;
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
