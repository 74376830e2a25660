package org.ikebana.ike.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.kernel.Spi;

/**
 * What an event is about, so that lines of the log can be picked by it.
 *
 * @param connection empty if it is about none, or it is not known yet
 * @param ikeSa whose SPIs may not be known yet
 * @param child its name in the configuration
 * @param inbound the SPI of the child SA by which we receive
 * @param outbound the one by which we send
 */
public record EventContext(
        Optional<String> connection,
        Optional<IkeSaName> ikeSa,
        Optional<String> child,
        Optional<Spi> inbound,
        Optional<Spi> outbound) {
    static final EventContext NONE =
            new EventContext(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The names of {@link #fields}. */
    public static final String CONNECTION = "connection";

    public static final String IKE = "ike";
    public static final String INITIATOR_SPI = "spi-i";
    public static final String RESPONDER_SPI = "spi-r";
    public static final String CHILD = "child";
    public static final String INBOUND_SPI = "child-spi-in";
    public static final String OUTBOUND_SPI = "child-spi-out";

    static EventContext of(IkeEvent event) {
        return switch (event) {
            case IkeEvent.IkeSaInitiating e -> of(e.ikeSa());
            case IkeEvent.IkeSaEstablished e -> of(e.ikeSa());
            case IkeEvent.IkeSaClosed e -> of(e.ikeSa());
            case IkeEvent.ChildSaEstablished e -> of(e.ikeSa()).with(e.child(), e.inbound(), e.outbound());
            case IkeEvent.IkeSaRekeyed e -> of(e.now());
            case IkeEvent.IkeSaReauthenticated e -> of(e.now());
            case IkeEvent.IkeSaMoved e -> of(e.ikeSa());
            case IkeEvent.MessageIdsSynchronized e -> of(e.ikeSa());
            case IkeEvent.ChildSaRekeyed e -> of(e.ikeSa()).with(e.now(), e.inbound(), e.outbound());
            case IkeEvent.ChildSaClosed e -> of(e.ikeSa()).with(e.child(), e.inbound(), e.outbound());
            case IkeEvent.RekeysCollided e ->
                e.child().map(ChildSaName::child).map(of(e.ikeSa())::withChild).orElseGet(() -> of(e.ikeSa()));
            case IkeEvent.NegotiationFailed e ->
                e.child().map(of(e.ikeSa())::withChild).orElseGet(() -> of(e.ikeSa()));
            case IkeEvent.RequestRetransmitted e -> of(e.ikeSa());
            case IkeEvent.RetryScheduled e -> of(e.connection(), e.child());
            case IkeEvent.TrapInstalled e -> of(e.connection(), e.child());
            case IkeEvent.TrapRemoved e -> of(e.connection(), e.child());
            case IkeEvent.ShuntInstalled e -> of(e.connection(), e.child());
            case IkeEvent.ShuntRemoved e -> of(e.connection(), e.child());
            case IkeEvent.AcquireReceived e -> of(e.connection(), e.child());
            case IkeEvent.CertificateExpiring e -> NONE;
            case IkeEvent.Warning e -> e.context();
        };
    }

    /** Those that are known, by the names above; SPIs in hexadecimal. */
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        connection.ifPresent(name -> fields.put(CONNECTION, name));
        ikeSa.ifPresent(name -> {
            fields.put(IKE, Integer.toString(name.number()));
            putSpi(fields, INITIATOR_SPI, name.initiatorSpi());
            putSpi(fields, RESPONDER_SPI, name.responderSpi());
        });
        child.ifPresent(name -> fields.put(CHILD, name));
        inbound.ifPresent(spi -> fields.put(INBOUND_SPI, spi.toString()));
        outbound.ifPresent(spi -> fields.put(OUTBOUND_SPI, spi.toString()));
        return fields;
    }

    private static void putSpi(Map<String, String> fields, String name, long spi) {
        if (spi != 0) {
            fields.put(name, "%016x".formatted(spi));
        }
    }

    public static EventContext of(IkeSaName ikeSa) {
        Optional<String> connection = Optional.of(ikeSa.connection()).filter(name -> !name.isEmpty());
        return new EventContext(connection, Optional.of(ikeSa), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static EventContext of(String connection, String child) {
        return new EventContext(
                Optional.of(connection), Optional.empty(), Optional.of(child), Optional.empty(), Optional.empty());
    }

    /** The same, and a child of it that is configured. */
    public EventContext withChild(String name) {
        return new EventContext(connection, ikeSa, Optional.of(name), inbound, outbound);
    }

    private EventContext with(ChildSaName name, Spi in, Spi out) {
        return new EventContext(connection, ikeSa, Optional.of(name.child()), Optional.of(in), Optional.of(out));
    }
}
