package org.ikebana.kernel.netlink;

/** {@code struct nlattr} and the value behind it. */
public record Attribute<T>(AttributeType<T> type, T value) {
    static final int HEADER_SIZE = 4;
    private static final int MAX_SIZE = 0xffff;
    private static final int NLA_LEN = 0;
    private static final int NLA_TYPE = 2;

    /** Header and value, without the padding that follows. */
    int size() {
        return HEADER_SIZE + type.codec().size(value);
    }

    void writeTo(CStruct target) {
        if (target.size() > MAX_SIZE) {
            throw new IllegalArgumentException(type + " of " + target.size() + " octets");
        }
        target.u16(NLA_LEN, target.size());
        target.u16(NLA_TYPE, type.number());
        type.codec().write(value, target.slice(HEADER_SIZE, target.size() - HEADER_SIZE));
    }

    /** Of the attribute whose header is at {@code offset}. */
    static int size(CStruct source, int offset) throws NetlinkFormatException {
        int size = source.u16(offset + NLA_LEN);
        if (size < HEADER_SIZE) {
            throw new NetlinkFormatException("An attribute says it has " + size + " octets");
        }
        return size;
    }

    /** Reads header and value. */
    static Attribute<?> read(CStruct source, AttributeType.Table table) throws NetlinkFormatException {
        return read(table.type(source.u16(NLA_TYPE)), source.slice(HEADER_SIZE, source.size() - HEADER_SIZE));
    }

    private static <T> Attribute<T> read(AttributeType<T> type, CStruct value) throws NetlinkFormatException {
        try {
            return type.of(type.codec().read(value));
        } catch (NetlinkFormatException e) {
            throw new NetlinkFormatException(type + ": " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return type + "=" + value;
    }
}
