package org.ikebana.ike.wire;

import java.util.ArrayList;
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

    static ConfigurationPayload read(PayloadReader in) throws MalformedException {
        int cfgType = in.octet();
        in.skip(3);
        List<ConfigurationAttribute> attributes = new ArrayList<>();
        while (in.remaining() > 0) {
            WireLimits.require(attributes.size() + 1, WireLimits.CONFIGURATION_ATTRIBUTES, "attributes");
            attributes.add(ConfigurationAttribute.read(in));
        }
        return new ConfigurationPayload(cfgType, attributes);
    }

    @Override
    public void writeBody(PayloadWriter out) {
        out.fourOctets(cfgType << 24);
        for (ConfigurationAttribute attribute : attributes) {
            attribute.write(out);
        }
    }
}
