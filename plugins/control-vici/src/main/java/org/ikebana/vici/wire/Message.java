package org.ikebana.vici.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A message, or a section of one: values, lists and sections in order, no two of one name. */
public record Message(List<Element> elements) {
    public static final Message EMPTY = new Message(List.of());

    public Message {
        elements = List.copyOf(elements);
    }

    public static MessageBuilder with() {
        return new MessageBuilder();
    }

    /** The text of a value; empty where there is none of this name. */
    public Optional<String> text(String name) {
        return value(name).map(Element.Value::text);
    }

    /** The octets of a value, which are not copied. */
    public Optional<byte[]> octets(String name) {
        return value(name).map(Element.Value::octets);
    }

    private Optional<Element.Value> value(String name) {
        for (Element element : elements) {
            if (element instanceof Element.Value value && value.name().equals(name)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** Whether a value says {@code yes}. */
    public boolean isYes(String name) {
        return text(name).filter("yes"::equals).isPresent();
    }

    /** The items of a list; none where there is no such list. */
    public List<String> list(String name) {
        return all(Element.Items.class)
                .filter(items -> items.name().equals(name))
                .flatMap(items -> items.items().stream())
                .map(Element.Value::text)
                .toList();
    }

    /** The sections in it. */
    public List<Element.Section> sections() {
        return all(Element.Section.class).toList();
    }

    /** Overwrites all values, which may have been secrets. */
    public void wipe() {
        for (Element element : elements) {
            switch (element) {
                case Element.Value value -> Arrays.fill(value.octets(), (byte) 0);
                case Element.Items items -> items.items().forEach(item -> Arrays.fill(item.octets(), (byte) 0));
                case Element.Section section -> section.content().wipe();
            }
        }
    }

    private <T extends Element> Stream<T> all(Class<T> type) {
        return elements.stream().filter(type::isInstance).map(type::cast);
    }
}
