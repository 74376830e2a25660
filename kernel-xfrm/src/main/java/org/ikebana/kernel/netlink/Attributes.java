package org.ikebana.kernel.netlink;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The attributes of a message in their order, those of unknown type among them. */
public record Attributes(List<Attribute<?>> list) {
    public static final Attributes NONE = new Attributes(List.of());

    public Attributes {
        list = List.copyOf(list);
    }

    public static Attributes of(Attribute<?>... attributes) {
        return new Attributes(Arrays.asList(attributes));
    }

    /** The value of the first attribute of this type. */
    @SuppressWarnings("unchecked") // the value of an attribute is of its type's Java type
    public <T> Optional<T> get(AttributeType<T> type) {
        for (Attribute<?> attribute : list) {
            if (attribute.type() == type || attribute.type().equals(type)) {
                return Optional.of((T) attribute.value());
            }
        }
        return Optional.empty();
    }

    public boolean has(AttributeType<?> type) {
        return get(type).isPresent();
    }

    /** These and one more at the end. */
    public <T> Attributes with(AttributeType<T> type, T value) {
        return with(type.of(value));
    }

    /** These and one more at the end. */
    public Attributes with(Attribute<?> attribute) {
        List<Attribute<?>> longer = new ArrayList<>(list);
        longer.add(attribute);
        return new Attributes(longer);
    }

    /** These but for the ones of this type. */
    public Attributes without(AttributeType<?> type) {
        return new Attributes(list.stream().filter(a -> !a.type().equals(type)).toList());
    }

    /** Wipes the secrets among the values; the rest may be used further. */
    public void wipe() {
        for (Attribute<?> attribute : list) {
            if (attribute.value() instanceof Sensitive sensitive) {
                sensitive.wipe();
            }
        }
    }

    public boolean isEmpty() {
        return list.isEmpty();
    }

    /** In octets, each attribute padded to four. */
    int size() {
        int size = 0;
        for (Attribute<?> attribute : list) {
            size += Netlink.align(attribute.size());
        }
        return size;
    }

    void writeTo(CStruct target) {
        int offset = 0;
        for (Attribute<?> attribute : list) {
            attribute.writeTo(target.slice(offset, attribute.size()));
            offset += Netlink.align(attribute.size());
        }
    }

    /** Reads what reaches from the first attribute's header to the end of the message. */
    public static Attributes read(CStruct source, AttributeType.Table table) throws NetlinkFormatException {
        List<Attribute<?>> list = new ArrayList<>();
        int offset = 0;
        while (source.size() - offset >= Attribute.HEADER_SIZE) {
            int size = Attribute.size(source, offset);
            list.add(Attribute.read(source.member(offset, size), table));
            offset += Netlink.align(size);
        }
        return new Attributes(list);
    }
}
