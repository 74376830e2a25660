package org.ikebana.daemon.xfrm;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.ikebana.daemon.json.Json;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.kernel.xfrm.table.PolicyEntry;
import org.ikebana.kernel.xfrm.table.TemplateEntry;
import org.ikebana.kernel.xfrm.table.XfrmWords;

/** A policy as a JSON object. */
record PolicyJson(ConnectionNames names) {
    Json.Value of(PolicyEntry policy) {
        return json -> {
            json.writeStartObject();
            json.writeStringField("direction", XfrmWords.direction(policy.direction()));
            if (policy.selection().isPresent()) {
                selector(json, policy.selection().get().selector());
            }
            json.writeStringField("action", policy.blocks() ? "block" : "allow");
            json.writeNumberField(
                    "priority", Integer.toUnsignedLong(policy.info().priority()));
            json.writeNumberField("index", Integer.toUnsignedLong(policy.info().index()));
            if (!policy.mark().isNone()) {
                json.writeStringField("mark", policy.mark().toString());
            }
            if (policy.ifId() != 0) {
                json.writeNumberField("if_id", Integer.toUnsignedLong(policy.ifId()));
            }
            Json.member(
                    json,
                    "templates",
                    Json.array(policy.templates().stream().map(this::template).toList()));
            Json.member(
                    json,
                    "flags",
                    Json.strings(XfrmWords.policyFlags(policy.info().flags())));
            json.writeEndObject();
        };
    }

    private static void selector(JsonGenerator json, PolicySelector selector) throws IOException {
        json.writeStringField("source", selector.source().toString());
        json.writeStringField("destination", selector.destination().toString());
        json.writeNumberField("protocol", selector.protocol());
        json.writeStringField("source_port", selector.sourcePort().toString());
        json.writeStringField("destination_port", selector.destinationPort().toString());
    }

    private Json.Value template(TemplateEntry template) {
        return json -> {
            json.writeStartObject();
            json.writeStringField("protocol", XfrmWords.protocol(template.protocol()));
            json.writeStringField("mode", XfrmWords.mode(template.mode()));
            json.writeStringField("source", template.source().getHostAddress());
            json.writeStringField("destination", template.destination().getHostAddress());
            json.writeStringField("spi", template.spi().toString());
            json.writeNumberField("reqid", Integer.toUnsignedLong(template.reqid()));
            json.writeStringField("name", names.of(template.reqid()));
            json.writeBooleanField("optional", template.isOptional());
            json.writeEndObject();
        };
    }
}
