package org.ikebana.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.ikebana.ike.control.TunnelName;

/**
 * All curves as {@code page.js} reads them: {@code ages} of the points in milliseconds, the oldest first, and of each tunnel
 * octets per second at these points, {@code null} where that is not known.
 */
final class HistoryJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private HistoryJson() {}

    /** @param sample the number of the newest point */
    static byte[] of(long sample, List<TunnelName> tunnels, Curves curves, long now) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        long[] points = curves.points(now);
        try (JsonGenerator json = FACTORY.createGenerator(octets)) {
            json.writeStartObject();
            json.writeNumberField("sample", sample);
            json.writeArrayFieldStart("ages");
            for (long point : points) {
                json.writeNumber(curves.age(point, now).toMillis());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("curves");
            for (TunnelName tunnel : tunnels) {
                json.writeStartObject();
                json.writeStringField("connection", tunnel.connection());
                json.writeStringField("child", tunnel.child());
                json.writeArrayFieldStart("in");
                for (long point : points) {
                    writeRate(json, curves.rate(tunnel, point).in());
                }
                json.writeEndArray();
                json.writeArrayFieldStart("out");
                for (long point : points) {
                    writeRate(json, curves.rate(tunnel, point).out());
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes all", e);
        }
        return octets.toByteArray();
    }

    static void writeRate(JsonGenerator json, float octetsPerSecond) throws IOException {
        if (Float.isNaN(octetsPerSecond)) {
            json.writeNull();
        } else {
            json.writeNumber(Math.round((double) octetsPerSecond));
        }
    }
}
