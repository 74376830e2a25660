package org.ikebana.daemon.xfrm;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.ikebana.daemon.json.Json;
import org.ikebana.kernel.xfrm.walk.Obstacle;
import org.ikebana.kernel.xfrm.walk.Packet;
import org.ikebana.kernel.xfrm.walk.PolicyCheck;
import org.ikebana.kernel.xfrm.walk.SaCheck;
import org.ikebana.kernel.xfrm.walk.Stage;
import org.ikebana.kernel.xfrm.walk.TemplateCheck;
import org.ikebana.kernel.xfrm.walk.Verdict;

/** The way of a packet as a JSON object. */
record WalkJson(ConnectionNames names, WalkText words) {
    Json.Value of(Packet packet, List<Stage> stages) {
        return json -> {
            json.writeStartObject();
            json.writeStringField("packet", packet.toString());
            Json.member(
                    json, "stages", Json.array(stages.stream().map(this::stage).toList()));
            json.writeEndObject();
        };
    }

    private Json.Value stage(Stage stage) {
        return json -> {
            json.writeStartObject();
            json.writeStringField("direction", stage.direction().name().toLowerCase(Locale.ROOT));
            if (stage.policy().isPresent()) {
                Json.member(
                        json, "policy", new PolicyJson(names).of(stage.policy().get()));
            }
            Json.member(
                    json,
                    "templates",
                    Json.array(stage.templates().stream().map(this::template).toList()));
            Json.member(
                    json,
                    "others",
                    Json.array(stage.others().stream().map(this::other).toList()));
            verdict(json, stage.verdict());
            json.writeEndObject();
        };
    }

    private Json.Value template(TemplateCheck check) {
        return json -> {
            json.writeStartObject();
            json.writeNumberField(
                    "reqid", Integer.toUnsignedLong(check.template().reqid()));
            Json.member(
                    json,
                    "sas",
                    Json.array(check.sas().stream().map(WalkJson::sa).toList()));
            json.writeEndObject();
        };
    }

    private static Json.Value sa(SaCheck check) {
        return json -> {
            json.writeStartObject();
            json.writeStringField("sa", check.sa().toString());
            Json.member(
                    json,
                    "obstacles",
                    Json.strings(
                            check.obstacles().stream().map(Obstacle::reason).toList()));
            json.writeEndObject();
        };
    }

    private Json.Value other(PolicyCheck check) {
        return json -> {
            json.writeStartObject();
            Json.member(json, "policy", new PolicyJson(names).of(check.policy()));
            Json.member(json, "reasons", Json.strings(check.reasons()));
            json.writeEndObject();
        };
    }

    private void verdict(JsonGenerator json, Verdict verdict) throws IOException {
        json.writeStringField(
                "verdict",
                switch (verdict) {
                    case Verdict.InClear clear -> "in_clear";
                    case Verdict.Sent sent -> "protected";
                    case Verdict.OnlyThrough through -> "only_through_sas";
                    case Verdict.Awaited awaited -> awaited.held() ? "held" : "dropped";
                    case Verdict.Dropped dropped -> "dropped";
                });
        json.writeStringField("explanation", words.verdict(verdict));
    }
}
