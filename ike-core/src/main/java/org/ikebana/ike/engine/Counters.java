package org.ikebana.ike.engine;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.sa.MessageKind;

/**
 * What happens on the wire and to keys, counted in all and for each connection, as strongSwan's {@code counters} plugin counts
 * it. Messages that are repeated count once. Belongs to the event loop.
 */
public final class Counters {
    private final Map<DatagramDrop, Long> drops = new EnumMap<>(DatagramDrop.class);
    private final Map<String, Map<Kind, Long>> byConnection = new HashMap<>();
    private final Map<Kind, Long> all = new EnumMap<>(Kind.class);

    /** What is counted; the words are strongSwan's. */
    public enum Kind {
        IKE_REKEY_INIT,
        IKE_REKEY_RESP,
        CHILD_REKEY,
        INVALID,
        INVALID_SPI,
        IKE_INIT_IN_REQ,
        IKE_INIT_IN_RESP,
        IKE_INIT_OUT_REQ,
        IKE_INIT_OUT_RESP,
        IKE_AUTH_IN_REQ,
        IKE_AUTH_IN_RESP,
        IKE_AUTH_OUT_REQ,
        IKE_AUTH_OUT_RESP,
        CREATE_CHILD_IN_REQ,
        CREATE_CHILD_IN_RESP,
        CREATE_CHILD_OUT_REQ,
        CREATE_CHILD_OUT_RESP,
        INFO_IN_REQ,
        INFO_IN_RESP,
        INFO_OUT_REQ,
        INFO_OUT_RESP;

        /** {@code ike-init-in-req}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Empty for exchanges that are not counted. */
        static Optional<Kind> of(MessageKind message) {
            return switch (message.exchange()) {
                case IKE_SA_INIT ->
                    one(message, IKE_INIT_IN_REQ, IKE_INIT_IN_RESP, IKE_INIT_OUT_REQ, IKE_INIT_OUT_RESP);
                case IKE_AUTH -> one(message, IKE_AUTH_IN_REQ, IKE_AUTH_IN_RESP, IKE_AUTH_OUT_REQ, IKE_AUTH_OUT_RESP);
                case CREATE_CHILD_SA ->
                    one(
                            message,
                            CREATE_CHILD_IN_REQ,
                            CREATE_CHILD_IN_RESP,
                            CREATE_CHILD_OUT_REQ,
                            CREATE_CHILD_OUT_RESP);
                case INFORMATIONAL -> one(message, INFO_IN_REQ, INFO_IN_RESP, INFO_OUT_REQ, INFO_OUT_RESP);
                default -> Optional.empty();
            };
        }

        private static Optional<Kind> one(
                MessageKind message, Kind inRequest, Kind inResponse, Kind outRequest, Kind outResponse) {
            Kind in = message.response() ? inResponse : inRequest;
            Kind out = message.response() ? outResponse : outRequest;
            return Optional.of(message.sent() ? out : in);
        }
    }

    /** All of them, those at 0 too. */
    public Map<Kind, Long> total() {
        return complete(all);
    }

    /** Those of a connection; empty where nothing has happened to it. */
    public Optional<Map<Kind, Long>> of(String connection) {
        return Optional.ofNullable(byConnection.get(connection)).map(Counters::complete);
    }

    /** Connections to which something has happened. */
    public Set<String> connections() {
        return Set.copyOf(byConnection.keySet());
    }

    /** From 0 again, all but those of single connections. */
    public void reset() {
        all.clear();
    }

    /** False where nothing has happened to it. */
    public boolean reset(String connection) {
        return byConnection.remove(connection) != null;
    }

    /** Those of all connections. */
    public void resetConnections() {
        byConnection.clear();
    }

    void add(IkeSa ikeSa, Kind kind) {
        all.merge(kind, 1L, Long::sum);
        ikeSa.connection()
                .map(ConnectionConfig::name)
                .ifPresent(name -> byConnection
                        .computeIfAbsent(name, n -> new EnumMap<>(Kind.class))
                        .merge(kind, 1L, Long::sum));
    }

    void dropped(DatagramDrop cause) {
        drops.merge(cause, 1L, Long::sum);
        switch (cause) {
            case UNREADABLE, NOT_AUTHENTIC, AGAINST_THE_RULES -> all.merge(Kind.INVALID, 1L, Long::sum);
            case UNKNOWN_SPI -> all.merge(Kind.INVALID_SPI, 1L, Long::sum);
            default -> {}
        }
    }

    Map<DatagramDrop, Long> drops() {
        return Map.copyOf(drops);
    }

    private static Map<Kind, Long> complete(Map<Kind, Long> counted) {
        Map<Kind, Long> complete = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            complete.put(kind, counted.getOrDefault(kind, 0L));
        }
        return complete;
    }
}
