package org.ikebana.vici.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Makes a {@link Message}, one element after the other. */
public final class MessageBuilder {
    private final List<Element> elements = new ArrayList<>();

    public MessageBuilder put(String name, String value) {
        elements.add(new Element.Value(name, value));
        return this;
    }

    public MessageBuilder put(String name, long value) {
        return put(name, Long.toString(value));
    }

    public MessageBuilder put(String name, byte[] value) {
        elements.add(new Element.Value(name, value));
        return this;
    }

    /** Nothing where there is no value. */
    public MessageBuilder put(String name, Optional<String> value) {
        value.ifPresent(text -> put(name, text));
        return this;
    }

    /** {@code yes}, or nothing. */
    public MessageBuilder putIf(String name, boolean isSo) {
        return isSo ? put(name, "yes") : this;
    }

    public MessageBuilder list(String name, Collection<String> items) {
        elements.add(new Element.Items(
                name, items.stream().map(item -> new Element.Value("", item)).toList()));
        return this;
    }

    public MessageBuilder section(String name, Message content) {
        elements.add(new Element.Section(name, content));
        return this;
    }

    public MessageBuilder section(String name, MessageBuilder content) {
        return section(name, content.build());
    }

    public Message build() {
        return new Message(elements);
    }
}
