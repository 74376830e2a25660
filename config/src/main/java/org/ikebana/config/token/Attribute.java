package org.ikebana.config.token;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** CK_ATTRIBUTE: a property of an object on a token. */
record Attribute(long type, byte[] value) {
    static final long CLASS = 0x0;
    static final long VALUE = 0x11;
    static final long ID = 0x102;
    static final long MODULUS = 0x120;
    static final long PUBLIC_EXPONENT = 0x122;
    static final long EC_PARAMS = 0x180;
    static final long EC_POINT = 0x181;

    static final long CERTIFICATE_CLASS = 1;
    static final long PUBLIC_KEY_CLASS = 2;
    static final long PRIVATE_KEY_CLASS = 3;

    static final MemoryLayout LAYOUT = MemoryLayout.structLayout(JAVA_LONG, ADDRESS, JAVA_LONG);
    static final long VALUE_OFFSET = 8;
    static final long LENGTH_OFFSET = 16;

    /** Of the type CK_ULONG. */
    static Attribute number(long type, long value) {
        return new Attribute(
                type,
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putLong(value)
                        .array());
    }

    /** What a CK_ULONG says. */
    static long number(byte[] value) {
        return value.length == Long.BYTES
                ? ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getLong()
                : -1;
    }

    static MemorySegment template(List<Attribute> attributes, Arena arena) {
        MemorySegment template = arena.allocate(LAYOUT, attributes.size());
        for (int i = 0; i < attributes.size(); i++) {
            Attribute attribute = attributes.get(i);
            long offset = i * LAYOUT.byteSize();
            template.set(JAVA_LONG, offset, attribute.type);
            template.set(ADDRESS, offset + VALUE_OFFSET, arena.allocateFrom(JAVA_BYTE, attribute.value));
            template.set(JAVA_LONG, offset + LENGTH_OFFSET, attribute.value.length);
        }
        return template;
    }
}
