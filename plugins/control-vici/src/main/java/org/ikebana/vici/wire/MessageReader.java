package org.ikebana.vici.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a message to the end of its packet. What it makes is no larger than the packet by more than a constant factor. */
final class MessageReader {
    /** Sections in sections; strongSwan's own messages go to 5. */
    static final int MAX_DEPTH = 16;

    private final ByteBuffer in;

    MessageReader(ByteBuffer in) {
        this.in = in;
    }

    Message read() throws MalformedPacketException {
        try {
            return section(0);
        } catch (BufferUnderflowException e) {
            throw endsTooEarly();
        }
    }

    /** A name with its length before it. */
    static String name(ByteBuffer in) throws MalformedPacketException {
        if (!in.hasRemaining()) {
            throw endsTooEarly();
        }
        byte[] octets = take(in, Byte.toUnsignedInt(in.get()));
        for (byte octet : octets) {
            if (octet < ' ' || octet > '~') {
                throw new MalformedPacketException("a name with an octet that is no printable ASCII");
            }
        }
        return new String(octets, StandardCharsets.US_ASCII);
    }

    private Message section(int depth) throws MalformedPacketException {
        List<Element> elements = new ArrayList<>();
        Set<String> names = new HashSet<>();
        while (in.hasRemaining()) {
            int type = in.get();
            if (type == ElementType.SECTION_END && depth > 0) {
                return new Message(elements);
            }
            Element element = element(type, depth);
            if (!names.add(element.name())) {
                throw new MalformedPacketException("a section has " + element.name() + " twice");
            }
            elements.add(element);
        }
        if (depth > 0) {
            throw endsTooEarly();
        }
        return new Message(elements);
    }

    private Element element(int type, int depth) throws MalformedPacketException {
        return switch (type) {
            case ElementType.KEY_VALUE -> value(name(in));
            case ElementType.LIST_START -> items(name(in));
            case ElementType.SECTION_START -> {
                if (depth == MAX_DEPTH) {
                    throw new MalformedPacketException("sections are nested more than " + MAX_DEPTH + " deep");
                }
                yield new Element.Section(name(in), section(depth + 1));
            }
            default -> throw new MalformedPacketException("an element of type " + type + " where none may be");
        };
    }

    private Element.Items items(String name) throws MalformedPacketException {
        List<Element.Value> items = new ArrayList<>();
        for (int type = in.get(); type != ElementType.LIST_END; type = in.get()) {
            if (type != ElementType.LIST_ITEM) {
                throw new MalformedPacketException("an element of type " + type + " in a list");
            }
            items.add(value(""));
        }
        return new Element.Items(name, items);
    }

    private Element.Value value(String name) throws MalformedPacketException {
        return new Element.Value(name, take(in, Short.toUnsignedInt(in.getShort())));
    }

    private static byte[] take(ByteBuffer in, int length) throws MalformedPacketException {
        if (length > in.remaining()) {
            throw endsTooEarly();
        }
        byte[] octets = new byte[length];
        in.get(octets);
        return octets;
    }

    private static MalformedPacketException endsTooEarly() {
        return new MalformedPacketException("a packet ends before its message does");
    }
}
