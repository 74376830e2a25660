package org.ikebana.config.swanctl;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.schema.ChildKeys;
import org.ikebana.config.schema.ConnectionKeys;
import org.ikebana.config.schema.TypedSection;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.PolicyOptions;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.SaFlags;

/** Reads {@code connections.<conn>.children.<child>}. */
final class ChildReader {
    private static final Limit.Keys<Duration> TIME =
            new Limit.Keys<>(ChildKeys.REKEY_TIME, ChildKeys.LIFE_TIME, ChildKeys.RAND_TIME);
    private static final Limit.Keys<Long> BYTES =
            new Limit.Keys<>(ChildKeys.REKEY_BYTES, ChildKeys.LIFE_BYTES, ChildKeys.RAND_BYTES);
    private static final Limit.Keys<Long> PACKETS =
            new Limit.Keys<>(ChildKeys.REKEY_PACKETS, ChildKeys.LIFE_PACKETS, ChildKeys.RAND_PACKETS);

    private final TypedSection connection;
    private final Problems problems;

    ChildReader(TypedSection connection, Problems problems) {
        this.connection = connection;
        this.problems = problems;
    }

    ChildConfig read(TypedSection section) {
        Limit time = Limit.read(section, TIME, new Seconds(), problems);
        Limit bytes = Limit.read(section, BYTES, new Plain(), problems);
        Limit packets = Limit.read(section, PACKETS, new Plain(), problems);
        var child = ChildConfig.named(section.name())
                .localSelectors(section.get(ChildKeys.LOCAL_TS))
                .remoteSelectors(section.get(ChildKeys.REMOTE_TS))
                .proposals(section.get(ChildKeys.ESP_PROPOSALS))
                .mode(section.get(ChildKeys.MODE).ofSas())
                .shunt(section.get(ChildKeys.MODE).shunt())
                .sha256At96(section.get(ChildKeys.SHA256_96))
                .inactivity(section.get(ChildKeys.INACTIVITY))
                .startAction(section.get(ChildKeys.START_ACTION))
                .closeAction(section.get(ChildKeys.CLOSE_ACTION))
                .dpdAction(section.get(ChildKeys.DPD_ACTION))
                .rekeyTime(Duration.ofSeconds(time.rekey()))
                .randTime(Duration.ofSeconds(time.rand()))
                .lifetimes(new Lifetimes(
                        time.rekey(), time.life(), bytes.rekey(), bytes.life(), packets.rekey(), packets.life()))
                .randBytes(bytes.rand())
                .randPackets(packets.rand())
                .replayWindow(section.get(ChildKeys.REPLAY_WINDOW))
                .tfcPadding(section.get(ChildKeys.TFC_PADDING))
                .reqid(section.get(ChildKeys.REQID))
                .priority(section.get(ChildKeys.PRIORITY))
                .policies(new PolicyOptions(section.get(ChildKeys.POLICIES), section.get(ChildKeys.POLICIES_FWD_OUT)))
                .markInSa(section.get(ChildKeys.MARK_IN_SA))
                .hostAccess(section.get(ChildKeys.HOSTACCESS))
                .markIn(section.get(ChildKeys.MARK_IN))
                .markOut(section.get(ChildKeys.MARK_OUT))
                .setMarkIn(section.get(ChildKeys.SET_MARK_IN).with(section.get(ChildKeys.MARK_IN)))
                .setMarkOut(section.get(ChildKeys.SET_MARK_OUT).with(section.get(ChildKeys.MARK_OUT)))
                .offload(section.get(ChildKeys.HW_OFFLOAD))
                .ifIdIn(section.find(ChildKeys.IF_ID_IN).orElse(connection.get(ConnectionKeys.IF_ID_IN)))
                .ifIdOut(section.find(ChildKeys.IF_ID_OUT).orElse(connection.get(ConnectionKeys.IF_ID_OUT)))
                .flags(flags(section))
                .updown(section.find(ChildKeys.UPDOWN).orElse(""))
                .places(places(section))
                .build();
        new ChildChecks(child, problems).check();
        return child;
    }

    private static SaFlags flags(TypedSection section) {
        ChildKeys.DscpCopy dscp = section.get(ChildKeys.COPY_DSCP);
        return new SaFlags(
                section.get(ChildKeys.COPY_DF),
                section.get(ChildKeys.COPY_ECN),
                dscp == ChildKeys.DscpCopy.OUT || dscp == ChildKeys.DscpCopy.BOTH,
                dscp == ChildKeys.DscpCopy.IN || dscp == ChildKeys.DscpCopy.BOTH);
    }

    private Map<String, SourceRef> places(TypedSection section) {
        Map<String, SourceRef> places = new HashMap<>();
        Stream.of(ConnectionKeys.IF_ID_IN, ConnectionKeys.IF_ID_OUT)
                .filter(connection::isGiven)
                .forEach(key -> places.put(key.name(), connection.place(key)));
        places.putAll(section.places());
        places.put("", section.place());
        return places;
    }

    private static final class Seconds implements Limit.Unit<Duration> {
        @Override
        public long number(Duration value) {
            return value.toSeconds();
        }

        @Override
        public String text(long number) {
            return TimeText.of(Duration.ofSeconds(number));
        }
    }

    private static final class Plain implements Limit.Unit<Long> {
        @Override
        public long number(Long value) {
            return value;
        }

        @Override
        public String text(long number) {
            return Long.toString(number);
        }
    }
}
