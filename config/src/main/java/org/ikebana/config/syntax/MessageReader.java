package org.ikebana.config.syntax;

import static java.util.stream.Collectors.joining;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.ikebana.config.problem.Problems;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.wire.Octets;

/** Makes a message into the tree that files are read into. The place of a value is its path: {@code vici:site.local.id}. */
public final class MessageReader {
    private static final String SOURCE = "vici:";

    private final Attachments attachments;
    private final Problems problems;

    /** Takes values that are no text. */
    @FunctionalInterface
    public interface Attachments {
        /** The name that stands for the value from now on; empty if it is text. */
        Optional<String> keep(String key, Octets value);
    }

    public MessageReader(Attachments attachments, Problems problems) {
        this.attachments = attachments;
        this.problems = problems;
    }

    /** @param around the sections that it belongs in, outermost first */
    public Section read(MessageElement.SubSection message, String... around) {
        var root = new Section("", place(message.name()));
        Section parent = root;
        for (String name : around) {
            parent = parent.open(name, place(message.name()));
        }
        section(message, message.name(), parent, around.length + 1);
        return root;
    }

    /** Of what stands there in a message. */
    public static SourceRef place(String path) {
        return new SourceRef(SOURCE + path, 0, 0);
    }

    private void section(MessageElement.SubSection from, String path, Section parent, int depth) {
        if (depth >= FileParser.MAX_NESTING) {
            problems.error(
                    place(path), "sections are nested more than " + FileParser.MAX_NESTING + " deep", "flatten it");
            return;
        }
        if (isUnnamable(from.name(), path)
                || isTwice(parent.section(from.name()).isPresent(), path)) {
            return;
        }
        Section into = parent.open(from.name(), place(path));
        for (MessageElement element : from.elements()) {
            String below = path + "." + element.name();
            switch (element) {
                case MessageElement.SubSection sub -> section(sub, below, into, depth + 1);
                case MessageElement.KeyValue one -> setting(one.name(), List.of(one.value()), below, into);
                case MessageElement.ItemList list -> setting(list.name(), list.items(), below, into);
            }
        }
    }

    private void setting(String key, List<Octets> values, String path, Section into) {
        if (isUnnamable(key, path) || isTwice(into.setting(key).isPresent(), path)) {
            return;
        }
        String text = values.stream()
                .map(value -> attachments.keep(key, value).orElseGet(() -> text(value, path)))
                .collect(joining(", "));
        SourceRef place = place(path);
        into.put(new Setting(key, place, new Value(text, List.of(new Value.Run(0, place)))));
    }

    private String text(Octets value, String path) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            problems.error(place(path), "this is not UTF-8", "send it as text");
            return "";
        }
    }

    /** A name goes into the log. */
    private boolean isUnnamable(String name, String path) {
        boolean isBad = name.isEmpty() || name.chars().anyMatch(Character::isISOControl);
        if (isBad) {
            problems.error(
                    place(path.replaceAll("\\p{Cntrl}", "?")), "this is no name", "name it by letters and digits");
        }
        return isBad;
    }

    private boolean isTwice(boolean isThere, String path) {
        if (isThere) {
            problems.error(place(path), "this stands in its section twice", "send it once");
        }
        return isThere;
    }
}
