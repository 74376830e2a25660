package org.ikebana.ike.corpus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.ikebana.ike.wire.Octets;

/** A JSON value. Asking for what it is not is an error of the test or of its material. */
public sealed interface Json {
    record Members(Map<String, Json> byName) implements Json {}

    record Elements(List<Json> elements) implements Json {}

    record Text(String value) implements Json {}

    record Number(long value) implements Json {}

    record Truth(boolean value) implements Json {}

    record Null() implements Json {}

    /** Reads a whole file. */
    static Json read(Path file) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            parser.nextToken();
            return read(parser);
        }
    }

    /** The members of an object, in the order of the file. */
    default Map<String, Json> members() {
        return ((Members) this).byName();
    }

    /** A member of an object that must have it. */
    default Json get(String name) {
        Json member = members().get(name);
        if (member == null) {
            throw new NoSuchElementException(name);
        }
        return member;
    }

    default boolean has(String name) {
        return members().containsKey(name);
    }

    default List<Json> list() {
        return ((Elements) this).elements();
    }

    default String text() {
        return ((Text) this).value();
    }

    default int number() {
        return Math.toIntExact(((Number) this).value());
    }

    default boolean isTrue() {
        return ((Truth) this).value();
    }

    default boolean isNull() {
        return this instanceof Null;
    }

    /** A text of hexadecimal digits. */
    default byte[] bytes() {
        return HexFormat.of().parseHex(text());
    }

    /** A text of hexadecimal digits. */
    default Octets octets() {
        return Octets.wrap(bytes());
    }

    private static Json read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> elements(parser);
            case VALUE_STRING -> new Text(parser.getText());
            case VALUE_NUMBER_INT -> new Number(parser.getLongValue());
            case VALUE_TRUE -> new Truth(true);
            case VALUE_FALSE -> new Truth(false);
            case VALUE_NULL -> new Null();
            default -> throw new IOException("unexpected " + parser.currentToken() + " at " + parser.currentLocation());
        };
    }

    private static Json members(JsonParser parser) throws IOException {
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, read(parser));
        }
        return new Members(members);
    }

    private static Json elements(JsonParser parser) throws IOException {
        List<Json> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(parser));
        }
        return new Elements(elements);
    }
}
