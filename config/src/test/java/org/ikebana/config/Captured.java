package org.ikebana.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.ikebana.config.syntax.MessageElement;
import org.ikebana.config.syntax.MessageElement.ItemList;
import org.ikebana.config.syntax.MessageElement.KeyValue;
import org.ikebana.config.syntax.MessageElement.SubSection;
import org.ikebana.ike.wire.Octets;

/** A request that {@code swanctl} has sent. */
record Captured(List<MessageElement> elements) {
    private static final int SECTION_START = 1;
    private static final int SECTION_END = 2;
    private static final int KEY_VALUE = 3;
    private static final int LIST_START = 4;
    private static final int LIST_ITEM = 5;

    static Captured of(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(Captured.class.getResourceAsStream("vici/" + name + ".bin"), name)) {
            return new Captured(elements(ByteBuffer.wrap(in.readAllBytes())));
        }
    }

    SubSection section() {
        return (SubSection) elements.getFirst();
    }

    Octets value(String key) {
        return elements.stream()
                .filter(element -> element.name().equals(key))
                .map(element -> ((KeyValue) element).value())
                .findFirst()
                .orElse(Octets.EMPTY);
    }

    String text(String key) {
        return text(value(key));
    }

    List<String> texts(String key) {
        return elements.stream()
                .filter(element -> element.name().equals(key))
                .flatMap(element -> ((ItemList) element).items().stream())
                .map(Captured::text)
                .toList();
    }

    private static List<MessageElement> elements(ByteBuffer in) {
        List<MessageElement> elements = new ArrayList<>();
        while (in.hasRemaining()) {
            switch (in.get()) {
                case SECTION_START -> elements.add(new SubSection(name(in), elements(in)));
                case SECTION_END -> {
                    return elements;
                }
                case KEY_VALUE -> elements.add(new KeyValue(name(in), value(in)));
                case LIST_START -> elements.add(new ItemList(name(in), items(in)));
                default -> throw new AssertionError("no element begins at " + (in.position() - 1));
            }
        }
        return elements;
    }

    private static List<Octets> items(ByteBuffer in) {
        List<Octets> items = new ArrayList<>();
        while (in.get() == LIST_ITEM) {
            items.add(value(in));
        }
        return items;
    }

    private static String name(ByteBuffer in) {
        return text(octets(in, Byte.toUnsignedInt(in.get())));
    }

    private static Octets value(ByteBuffer in) {
        return octets(in, Short.toUnsignedInt(in.getShort()));
    }

    private static Octets octets(ByteBuffer in, int length) {
        byte[] octets = new byte[length];
        in.get(octets);
        return Octets.wrap(octets);
    }

    private static String text(Octets octets) {
        return new String(octets.toByteArray(), StandardCharsets.UTF_8);
    }
}
