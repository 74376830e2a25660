package org.ikebana.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.ikebana.ike.control.ChildTraffic;
import org.ikebana.ike.control.DaemonFacts;
import org.ikebana.ike.control.LastFailures;
import org.ikebana.ike.control.Tunnel;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.Failure;

/**
 * How everything is now, as {@code page.js} reads it. Times are in seconds from now or until now, so that the browser's clock
 * does not matter; those of events alone are moments, in milliseconds since 1970.
 */
record StatusJson(DaemonFacts facts, News news, Curves curves) {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** @param sample counts them */
    byte[] of(long sample, List<Tunnel> tunnels) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(octets)) {
            json.writeStartObject();
            json.writeNumberField("sample", sample);
            json.writeNumberField("interval", Sampler.INTERVAL.toMillis());
            json.writeNumberField("length", Curves.LENGTH.toMillis());
            json.writeStringField("version", facts.version());
            json.writeNumberField(
                    "running", Duration.between(facts.started(), Instant.now()).toSeconds());
            json.writeArrayFieldStart("tunnels");
            for (Tunnel tunnel : tunnels) {
                writeTunnel(json, tunnel);
            }
            json.writeEndArray();
            writeEvents(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes all", e);
        }
        return octets.toByteArray();
    }

    private void writeTunnel(JsonGenerator json, Tunnel tunnel) throws IOException {
        json.writeStartObject();
        json.writeStringField("connection", tunnel.connection().name());
        json.writeStringField("child", tunnel.child().name());
        json.writeStringField("condition", Condition.of(tunnel).word());
        json.writeNumberField("for", age(tunnel).toSeconds());
        if (tunnel.pair().isPresent()) {
            writePair(json, tunnel.pair().get());
        } else {
            writePlan(json, tunnel);
        }
        writeTraffic(json, tunnel);
        if (tunnel.failure().isPresent()) {
            writeFailure(json, tunnel.failure().get(), tunnel.desired());
        }
        json.writeEndObject();
    }

    private Duration age(Tunnel tunnel) {
        return news.states()
                .of(tunnel.name(), tunnel.pair().map(pair -> pair.child().age()));
    }

    private static void writePair(JsonGenerator json, Tunnel.Pair pair) throws IOException {
        json.writeStringField(
                "local", pair.ikeSa().endpoints().local().getAddress().getHostAddress());
        json.writeStringField(
                "peer", pair.ikeSa().endpoints().remote().getAddress().getHostAddress());
        json.writeStringField(
                "localId", pair.ikeSa().localId().map(Shortened::text).orElse(""));
        json.writeStringField(
                "peerId", pair.ikeSa().remoteId().map(Shortened::text).orElse(""));
        writeWords(json, "localTs", pair.child().selectors().local());
        writeWords(json, "peerTs", pair.child().selectors().remote());
        json.writeStringField("ike", pair.ikeSa().suite().map(Object::toString).orElse(""));
        json.writeStringField("esp", pair.child().suite().toString());
        json.writeStringField("mode", pair.child().mode().name().toLowerCase(Locale.ROOT));
        json.writeBooleanField("inUdp", pair.child().encapsulated());
        if (pair.child().untilRekey().isPresent()) {
            json.writeNumberField("rekeyIn", pair.child().untilRekey().get().toSeconds());
        }
    }

    /** What the configuration says of one that is not up. */
    private static void writePlan(JsonGenerator json, Tunnel tunnel) throws IOException {
        json.writeStringField("local", words(tunnel.connection().localAddresses()));
        json.writeStringField("peer", words(tunnel.connection().remoteAddresses()));
        json.writeStringField("localId", tunnel.connection().local().id().toString());
        json.writeStringField("peerId", tunnel.connection().remote().id().toString());
        writeWords(json, "localTs", tunnel.child().localSelectors());
        writeWords(json, "peerTs", tunnel.child().remoteSelectors());
        json.writeStringField("mode", tunnel.child().mode().name().toLowerCase(Locale.ROOT));
    }

    private void writeTraffic(JsonGenerator json, Tunnel tunnel) throws IOException {
        ChildTraffic.Total total = news.traffic().of(tunnel.name());
        Curves.Rate rate = curves.rate(tunnel.name());
        json.writeNumberField("bytesIn", total.bytesIn());
        json.writeNumberField("bytesOut", total.bytesOut());
        json.writeFieldName("rateIn");
        HistoryJson.writeRate(json, rate.in());
        json.writeFieldName("rateOut");
        HistoryJson.writeRate(json, rate.out());
    }

    private static void writeFailure(JsonGenerator json, LastFailures.Report report, DesiredState desired)
            throws IOException {
        Failure failure = report.failure();
        json.writeObjectFieldStart("failure");
        json.writeStringField("sentence", Shortened.text(failure.sentence()));
        writeWords(json, "details", failure.details());
        json.writeNumberField("ago", report.age().toSeconds());
        if (failure.place().isPresent()) {
            json.writeStringField("place", failure.place().get().toString());
        }
        if (failure.question().isPresent()) {
            json.writeStringField("question", failure.question().get());
        }
        if (desired == DesiredState.UP && report.untilRetry().isPresent()) {
            json.writeNumberField("retryIn", report.untilRetry().get().toSeconds());
        }
        json.writeEndObject();
    }

    private void writeEvents(JsonGenerator json) throws IOException {
        json.writeBooleanField("eventsComplete", news.events().isComplete());
        json.writeArrayFieldStart("events");
        for (RecentEvents.Line line : news.events().lines()) {
            json.writeStartObject();
            json.writeNumberField("at", line.at().toEpochMilli());
            json.writeStringField("kind", line.kind().name().toLowerCase(Locale.ROOT));
            json.writeStringField("text", line.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeWords(JsonGenerator json, String name, List<?> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : Shortened.items(values)) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static String words(List<?> values) {
        return String.join(", ", Shortened.items(values));
    }
}
