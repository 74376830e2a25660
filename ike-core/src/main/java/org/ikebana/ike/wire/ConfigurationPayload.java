package org.ikebana.ike.wire;

import java.util.List;

/**
 * Configuration payload (RFC 7296 3.15).
 *
 * @param cfgType {@link #REQUEST}, {@link #REPLY}, {@link #SET} or {@link #ACK}
 */
public record ConfigurationPayload(int cfgType, List<ConfigurationAttribute> attributes) implements Payload {
    public static final int REQUEST = 1;
    public static final int REPLY = 2;
    public static final int SET = 3;
    public static final int ACK = 4;

    public ConfigurationPayload {
        Bounds.octet(cfgType, "CFG type");
        attributes = List.copyOf(attributes);
    }

    @Override
    public int typeCode() {
        return PayloadType.CP.code();
    }
}
