package org.ikebana.vici.wire;

import java.util.Optional;

/** What a packet is, by its first octet. */
public enum PacketType {
    CMD_REQUEST(true, true),
    CMD_RESPONSE(false, true),
    CMD_UNKNOWN(false, false),
    EVENT_REGISTER(true, false),
    EVENT_UNREGISTER(true, false),
    EVENT_CONFIRM(false, false),
    EVENT_UNKNOWN(false, false),
    EVENT(true, true);

    private final boolean isNamed;
    private final boolean hasMessage;

    PacketType(boolean isNamed, boolean hasMessage) {
        this.isNamed = isNamed;
        this.hasMessage = hasMessage;
    }

    static Optional<PacketType> of(int code) {
        return code < values().length ? Optional.of(values()[code]) : Optional.empty();
    }

    int code() {
        return ordinal();
    }

    boolean isNamed() {
        return isNamed;
    }

    boolean hasMessage() {
        return hasMessage;
    }
}
