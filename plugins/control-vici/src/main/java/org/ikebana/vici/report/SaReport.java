package org.ikebana.vici.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.event.IkeSaName;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.SaUsage;
import org.ikebana.ike.proposal.Suite;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.sa.ChildSaStatus;
import org.ikebana.ike.sa.IkeSaStatus;
import org.ikebana.ike.wire.TransformType;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.MessageBuilder;

/**
 * SAs as {@code list-sa} and the events about them have them.
 *
 * @param now by which times of the kernel become seconds ago
 */
public record SaReport(Instant now) {
    /** The name of the section: that of the connection. */
    public static String name(IkeSaName name) {
        return name.connection().isEmpty() ? "(unnamed)" : name.connection();
    }

    /** Without {@code child-sas}. */
    public MessageBuilder ikeSa(IkeSaStatus ikeSa) {
        MessageBuilder report = Message.with()
                .put("uniqueid", ikeSa.name().number())
                .put("version", 2)
                .put("state", ikeSa.stage().name())
                .put("local-host", ikeSa.endpoints().local().getAddress().getHostAddress())
                .put("local-port", ikeSa.endpoints().local().getPort())
                .put("local-id", ikeSa.localId().map(Object::toString).orElse("%any"))
                .put("remote-host", ikeSa.endpoints().remote().getAddress().getHostAddress())
                .put("remote-port", ikeSa.endpoints().remote().getPort())
                .put("remote-id", ikeSa.remoteId().map(Object::toString).orElse("%any"))
                .putIf("initiator", ikeSa.isInitiator())
                .put("initiator-spi", "%016x".formatted(ikeSa.id().initiatorSpi()))
                .put("responder-spi", "%016x".formatted(ikeSa.id().responderSpi()))
                .putIf("nat-local", ikeSa.nat().local())
                .putIf("nat-remote", ikeSa.nat().remote())
                .putIf("nat-any", ikeSa.nat().detected());
        ikeSa.suite().ifPresent(suite -> suite(report, suite));
        if (ikeSa.stage() == IkeSaStatus.Stage.ESTABLISHED) {
            report.put("established", seconds(ikeSa.age()))
                    .put("rekey-time", seconds(ikeSa.untilRekey()))
                    .put("reauth-time", seconds(ikeSa.untilReauthentication()));
        }
        return report;
    }

    /** With the section {@code child-sas} of these. */
    public MessageBuilder ikeSa(IkeSaStatus ikeSa, List<ChildSaStatus> children) {
        MessageBuilder sections = Message.with();
        children.forEach(child -> sections.section(uniqueName(child), childSa(child)));
        return ikeSa(ikeSa).section("child-sas", sections);
    }

    /** One of the sections in {@code child-sas}. */
    public MessageBuilder childSa(ChildSaStatus child) {
        MessageBuilder report = Message.with()
                .put("name", child.name().child())
                .put("uniqueid", child.name().number())
                .put("reqid", child.reqid())
                .put("state", child.stage().name())
                .put("mode", child.mode().name())
                .put("protocol", child.inbound().protocol().name())
                .putIf("encap", child.encapsulated())
                .put("spi-in", child.inbound().spi().toString())
                .put("spi-out", child.outbound().spi().toString());
        mark(report, "mark-in", "mark-mask-in", child.config().markIn());
        mark(report, "mark-out", "mark-mask-out", child.config().markOut());
        interfaceId(report, "if-id-in", child.config().ifIdIn());
        interfaceId(report, "if-id-out", child.config().ifIdOut());
        suite(report, child.suite());
        if (child.suite().usesExtendedSequenceNumbers()) {
            report.put("esn", 1);
        }
        usage(report, "in", child.inboundUsage());
        usage(report, "out", child.outboundUsage());
        return report.put("rekey-time", seconds(child.untilRekey()))
                .put("life-time", seconds(child.untilExpiry()))
                .put("install-time", child.age().toSeconds())
                .list("local-ts", SelectorText.ofAll(child.selectors().local()))
                .list("remote-ts", SelectorText.ofAll(child.selectors().remote()));
    }

    static String uniqueName(ChildSaStatus child) {
        return child.name().child() + "-" + child.name().number();
    }

    private static void suite(MessageBuilder report, Suite suite) {
        suite.transform(TransformType.ENCR).ifPresent(encr -> algorithm(report, "encr-alg", "encr-keysize", encr));
        suite.transform(TransformType.INTEG).ifPresent(integ -> algorithm(report, "integ-alg", "integ-keysize", integ));
        suite.transform(TransformType.PRF).ifPresent(prf -> report.put("prf-alg", AlgorithmWords.of(prf)));
        suite.transform(TransformType.KE).ifPresent(group -> report.put("dh-group", AlgorithmWords.of(group)));
        for (Transform additional : suite.additionalKeyExchanges()) {
            report.put(AlgorithmWords.step(additional), AlgorithmWords.of(additional));
        }
    }

    private static void algorithm(MessageBuilder report, String name, String keySize, Transform transform) {
        report.put(name, AlgorithmWords.of(transform));
        if (transform.keyBits() != 0) {
            report.put(keySize, transform.keyBits());
        }
    }

    private static void mark(MessageBuilder report, String value, String mask, Mark mark) {
        if (!mark.isNone()) {
            report.put(value, "%08x".formatted(mark.value())).put(mask, "%08x".formatted(mark.mask()));
        }
    }

    private static void interfaceId(MessageBuilder report, String name, int id) {
        if (id != 0) {
            report.put(name, "%08x".formatted(id));
        }
    }

    private void usage(MessageBuilder report, String way, Optional<SaUsage> usage) {
        report.put("bytes-" + way, usage.map(SaUsage::bytes).orElse(0L))
                .put("packets-" + way, usage.map(SaUsage::packets).orElse(0L))
                .put("use-" + way, usage.flatMap(SaUsage::lastUsed).map(this::secondsSince));
    }

    private String secondsSince(Instant then) {
        return Long.toString(Math.max(0, Duration.between(then, now).toSeconds()));
    }

    private static Optional<String> seconds(Optional<Duration> duration) {
        return duration.map(d -> Long.toString(d.toSeconds()));
    }
}
