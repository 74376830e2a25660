package org.ikebana.vici.wire;

import java.util.Arrays;
import java.util.Optional;

/** What a packet is, by its first octet. */
public enum PacketType {
    CMD_REQUEST(0, true, true),
    CMD_RESPONSE(1, false, true),
    CMD_UNKNOWN(2, false, false),
    EVENT_REGISTER(3, true, false),
    EVENT_UNREGISTER(4, true, false),
    EVENT_CONFIRM(5, false, false),
    EVENT_UNKNOWN(6, false, false),
    EVENT(7, true, true);

    private final int code;
    private final boolean isNamed;
    private final boolean hasMessage;

    PacketType(int code, boolean isNamed, boolean hasMessage) {
        this.code = code;
        this.isNamed = isNamed;
        this.hasMessage = hasMessage;
    }

    static Optional<PacketType> of(int code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }

    int code() {
        return code;
    }

    boolean isNamed() {
        return isNamed;
    }

    boolean hasMessage() {
        return hasMessage;
    }
}
