package org.ikebana.daemon.control;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.ikebana.daemon.json.Json;
import org.ikebana.vici.wire.Element;
import org.ikebana.vici.wire.Message;

/** Messages of vici as JSON: sections are objects, lists arrays, and every value is a string, as vici has no other. */
final class ViciJson {
    private ViciJson() {}

    static Json.Value of(Message message) {
        return json -> object(message, json);
    }

    private static void object(Message message, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (Element element : message.elements()) {
            switch (element) {
                case Element.Value value -> json.writeStringField(value.name(), value.text());
                case Element.Section section -> {
                    json.writeFieldName(section.name());
                    object(section.content(), json);
                }
                case Element.Items items -> {
                    json.writeArrayFieldStart(items.name());
                    for (Element.Value item : items.items()) {
                        json.writeString(item.text());
                    }
                    json.writeEndArray();
                }
            }
        }
        json.writeEndObject();
    }
}
