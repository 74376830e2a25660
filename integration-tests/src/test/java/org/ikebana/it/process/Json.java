package org.ikebana.it.process;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What a program reported as JSON.
 *
 * @param values every string, number and truth value by its JSON pointer (RFC 6901)
 */
public record Json(Map<String, String> values) {
    public Json {
        values = Map.copyOf(values);
    }

    /** @throws AssertionError if this is no JSON */
    public static Json read(String text) {
        Map<String, String> values = new HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    values.put(parser.getParsingContext().pathAsPointer().toString(), parser.getText());
                }
            }
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
        return new Json(values);
    }

    /** @throws AssertionError if there is no number at this place */
    public double number(String pointer) {
        String text = values.get(pointer);
        if (text == null) {
            throw new AssertionError("no " + pointer + " in " + values);
        }
        return Double.parseDouble(text);
    }
}
