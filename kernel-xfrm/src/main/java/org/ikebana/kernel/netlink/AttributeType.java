package org.ikebana.kernel.netlink;

import java.util.List;
import org.ikebana.ike.wire.Octets;
import org.jspecify.annotations.Nullable;

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

    /** Written out, as that of a record would be made at run time, at every start. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof AttributeType<?> that
                        && number == that.number
                        && name.equals(that.name)
                        && codec.equals(that.codec));
    }

    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public String toString() {
        return name;
    }

    /** The attributes that one kind of message may carry. */
    public static final class Table {
        /** Asked for with every attribute of a dump. */
        private final @Nullable AttributeType<?>[] byNumber;

        public Table(List<AttributeType<?>> types) {
            int largest = types.stream().mapToInt(AttributeType::number).max().orElse(0);
            byNumber = new AttributeType<?>[largest + 1];
            types.forEach(type -> byNumber[type.number] = type);
        }

        public AttributeType<?> type(int number) {
            AttributeType<?> known = number < byNumber.length ? byNumber[number] : null;
            return known != null ? known : unknown(number);
        }
    }
}
