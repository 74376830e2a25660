package org.ikebana.kernel.netlink;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ikebana.ike.wire.Octets;

/**
 * What an attribute's number stands for in one kind of message.
 *
 * @param number {@code nla_type} with its two flag bits
 * @param name of the kernel's header, {@code XFRMA_IF_ID}
 */
public record AttributeType<T>(int number, String name, Codec<T> codec) {
    /** A number of which nothing is known; its octets are kept. */
    public static AttributeType<Octets> unknown(int number) {
        return new AttributeType<>(number, "attribute " + number, Codec.OCTETS);
    }

    public Attribute<T> of(T value) {
        return new Attribute<>(this, value);
    }

    @Override
    public String toString() {
        return name;
    }

    /** The attributes that one kind of message may carry. */
    public static final class Table {
        private final Map<Integer, AttributeType<?>> byNumber = new HashMap<>();

        public Table(List<AttributeType<?>> types) {
            types.forEach(type -> byNumber.put(type.number, type));
        }

        public AttributeType<?> type(int number) {
            AttributeType<?> known = byNumber.get(number);
            return known != null ? known : unknown(number);
        }
    }
}
