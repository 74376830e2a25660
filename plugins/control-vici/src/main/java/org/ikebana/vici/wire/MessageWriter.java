package org.ikebana.vici.wire;

import java.io.ByteArrayOutputStream;

/** Writes messages as they go over the wire; lengths in network byte order. */
final class MessageWriter {
    static final int MAX_NAME = 0xff;
    static final int MAX_VALUE = 0xffff;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

    int length() {
        return out.size();
    }

    byte[] octets() {
        return out.toByteArray();
    }

    void octet(int value) {
        out.write(value);
    }

    /** @throws IllegalArgumentException when it is longer than 255 octets */
    void name(String name) {
        byte[] octets = Packet.ascii(name);
        if (octets.length > MAX_NAME) {
            throw new IllegalArgumentException("a name of " + octets.length + " octets: " + name);
        }
        out.write(octets.length);
        out.writeBytes(octets);
    }

    void write(Message message) {
        for (Element element : message.elements()) {
            switch (element) {
                case Element.Value value -> {
                    out.write(ElementType.KEY_VALUE);
                    name(value.name());
                    value(value);
                }
                case Element.Items items -> {
                    out.write(ElementType.LIST_START);
                    name(items.name());
                    for (Element.Value item : items.items()) {
                        out.write(ElementType.LIST_ITEM);
                        value(item);
                    }
                    out.write(ElementType.LIST_END);
                }
                case Element.Section section -> {
                    out.write(ElementType.SECTION_START);
                    name(section.name());
                    write(section.content());
                    out.write(ElementType.SECTION_END);
                }
            }
        }
    }

    private void value(Element.Value value) {
        byte[] octets = value.octets();
        if (octets.length > MAX_VALUE) {
            throw new IllegalArgumentException("a value of " + octets.length + " octets for " + value.name());
        }
        out.write(octets.length >> 8);
        out.write(octets.length);
        out.writeBytes(octets);
    }
}
