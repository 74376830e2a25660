package org.ikebana.daemon.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Values as JSON text, on one line. */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Writes one value. */
    @FunctionalInterface
    public interface Value {
        void write(JsonGenerator json) throws IOException;
    }

    private Json() {}

    public static String text(Value value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            value.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a string takes all", e);
        }
        return text.toString();
    }

    public static Value array(List<Value> values) {
        return json -> {
            json.writeStartArray();
            for (Value value : values) {
                value.write(json);
            }
            json.writeEndArray();
        };
    }

    public static Value strings(List<String> strings) {
        return array(
                strings.stream().<Value>map(s -> json -> json.writeString(s)).toList());
    }

    /** A member whose value is more than a scalar. */
    public static void member(JsonGenerator json, String name, Value value) throws IOException {
        json.writeFieldName(name);
        value.write(json);
    }
}
