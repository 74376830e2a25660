package org.ikebana.daemon.xfrm;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import org.ikebana.daemon.json.Json;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmEncapTmpl;
import org.ikebana.kernel.xfrm.struct.XfrmLifetimeCfg;
import org.ikebana.kernel.xfrm.table.Algorithm;
import org.ikebana.kernel.xfrm.table.ReplayState;
import org.ikebana.kernel.xfrm.table.SaEntry;
import org.ikebana.kernel.xfrm.table.XfrmWords;

/**
 * An SA as a JSON object. Times are seconds since 1970, limits that are none are left out.
 *
 * @param keys whether they are shown
 */
record SaJson(ConnectionNames names, boolean keys) {
    Json.Value of(SaEntry sa) {
        return json -> {
            json.writeStartObject();
            identity(json, sa);
            Json.member(
                    json,
                    "algorithms",
                    Json.array(sa.algorithms().stream().map(this::algorithm).toList()));
            replay(json, sa.replay());
            usage(json, sa);
            limits(json, sa.info().lft());
            details(json, sa);
            json.writeEndObject();
        };
    }

    private void identity(JsonGenerator json, SaEntry sa) throws IOException {
        json.writeStringField("source", sa.source().getHostAddress());
        json.writeStringField("destination", sa.destination().getHostAddress());
        json.writeStringField("protocol", XfrmWords.protocol(sa.protocol()));
        json.writeStringField("spi", sa.spi().toString());
        json.writeStringField("mode", XfrmWords.mode(sa.info().mode()));
        json.writeNumberField("reqid", Integer.toUnsignedLong(sa.reqid()));
        json.writeStringField("name", names.of(sa.reqid()));
        json.writeNumberField("seq", Integer.toUnsignedLong(sa.info().seq()));
        json.writeBooleanField("larval", sa.isLarval());
    }

    private Json.Value algorithm(Algorithm algorithm) {
        return json -> {
            json.writeStartObject();
            json.writeStringField("purpose", algorithm.purpose());
            json.writeStringField("name", algorithm.name());
            json.writeNumberField("key_bits", algorithm.keyBits());
            json.writeNumberField("icv_bits", algorithm.icvBits());
            if (keys) {
                json.writeStringField(
                        "key", HexFormat.of().formatHex(algorithm.key().bytes()));
            }
            json.writeEndObject();
        };
    }

    private static void replay(JsonGenerator json, ReplayState replay) throws IOException {
        json.writeObjectFieldStart("replay");
        json.writeBooleanField("extended", replay.extended());
        json.writeNumberField("window", replay.window());
        json.writeNumberField("sent", replay.sent());
        json.writeNumberField("received", replay.received());
        json.writeEndObject();
    }

    private static void usage(JsonGenerator json, SaEntry sa) throws IOException {
        json.writeNumberField("packets", sa.info().curlft().packets());
        json.writeNumberField("bytes", sa.info().curlft().bytes());
        json.writeNumberField("added", sa.added().getEpochSecond());
        if (sa.lastUsed().isPresent()) {
            json.writeNumberField("last_used", sa.lastUsed().get().getEpochSecond());
        }
        json.writeObjectFieldStart("dropped");
        json.writeNumberField("replay", sa.info().stats().replay());
        json.writeNumberField("replay_window", sa.info().stats().replayWindow());
        json.writeNumberField("integrity", sa.info().stats().integrityFailed());
        json.writeEndObject();
    }

    private static void limits(JsonGenerator json, XfrmLifetimeCfg limits) throws IOException {
        json.writeObjectFieldStart("limits");
        limit(json, "soft_seconds", limits.softAddExpiresSeconds());
        limit(json, "hard_seconds", limits.hardAddExpiresSeconds());
        limit(json, "soft_packets", limits.softPacketLimit());
        limit(json, "hard_packets", limits.hardPacketLimit());
        limit(json, "soft_bytes", limits.softByteLimit());
        limit(json, "hard_bytes", limits.hardByteLimit());
        json.writeEndObject();
    }

    private static void limit(JsonGenerator json, String name, long limit) throws IOException {
        if (limit != 0 && limit != XfrmLifetimeCfg.INFINITE) {
            json.writeNumberField(name, limit);
        }
    }

    private static void details(JsonGenerator json, SaEntry sa) throws IOException {
        Optional<XfrmEncapTmpl> encapsulation = sa.attributes().get(Xfrma.ENCAP);
        if (encapsulation.isPresent()) {
            json.writeObjectFieldStart("udp");
            json.writeNumberField("source_port", encapsulation.get().encapSport());
            json.writeNumberField("destination_port", encapsulation.get().encapDport());
            json.writeEndObject();
        }
        if (sa.selection().isPresent()) {
            json.writeStringField("selector", sa.selection().get().selector().toString());
        }
        if (!sa.mark().isNone()) {
            json.writeStringField("mark", sa.mark().toString());
        }
        if (!sa.outputMark().isNone()) {
            json.writeStringField("set_mark", sa.outputMark().toString());
        }
        if (sa.ifId() != 0) {
            json.writeNumberField("if_id", Integer.toUnsignedLong(sa.ifId()));
        }
        if (sa.direction().isPresent()) {
            json.writeStringField("direction", sa.direction().get());
        }
        Json.member(json, "flags", Json.strings(XfrmWords.stateFlags(sa.info().flags())));
    }
}
