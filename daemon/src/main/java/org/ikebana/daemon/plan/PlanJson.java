package org.ikebana.daemon.plan;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.ikebana.config.plan.ChildPlan;
import org.ikebana.config.plan.ConnectionPlan;
import org.ikebana.config.plan.CredentialChange;
import org.ikebana.config.plan.Difference;
import org.ikebana.config.plan.Effect;
import org.ikebana.config.plan.Plan;
import org.ikebana.daemon.json.Json;

/** A plan for programs. */
public final class PlanJson {
    private PlanJson() {}

    public static String of(Plan plan) {
        return Json.text(json -> {
            json.writeStartObject();
            Json.member(
                    json,
                    "connections",
                    Json.array(plan.connections().stream()
                            .map(PlanJson::connection)
                            .toList()));
            Json.member(
                    json,
                    "credentials",
                    Json.array(plan.credentials().stream()
                            .map(PlanJson::credential)
                            .toList()));
            json.writeBooleanField("needs_restart", plan.needsRestart());
            json.writeEndObject();
        });
    }

    private static Json.Value connection(ConnectionPlan connection) {
        return json -> {
            json.writeStartObject();
            head(json, connection.name(), connection.effect(), connection.differences());
            Json.member(
                    json,
                    "children",
                    Json.array(
                            connection.children().stream().map(PlanJson::child).toList()));
            json.writeEndObject();
        };
    }

    private static Json.Value child(ChildPlan child) {
        return json -> {
            json.writeStartObject();
            head(json, child.name(), child.effect(), child.differences());
            json.writeEndObject();
        };
    }

    private static Json.Value credential(CredentialChange change) {
        return json -> {
            json.writeStartObject();
            json.writeStringField("name", change.what());
            json.writeStringField("effect", word(change.effect()));
            json.writeEndObject();
        };
    }

    private static void head(JsonGenerator json, String name, Effect effect, List<Difference> differences)
            throws IOException {
        json.writeStringField("name", name);
        json.writeStringField("effect", word(effect));
        Json.member(
                json,
                "changes",
                Json.array(differences.stream().map(PlanJson::difference).toList()));
    }

    private static Json.Value difference(Difference difference) {
        return json -> {
            json.writeStartObject();
            json.writeStringField("key", difference.key());
            json.writeStringField("before", difference.before());
            json.writeStringField("now", difference.now());
            json.writeStringField("place", difference.place().toString());
            json.writeEndObject();
        };
    }

    private static String word(Effect effect) {
        return effect.name().toLowerCase(Locale.ROOT);
    }
}
