package org.ikebana.daemon.xfrm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.daemon.text.Amounts;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmEncapTmpl;
import org.ikebana.kernel.xfrm.struct.XfrmLifetimeCfg;
import org.ikebana.kernel.xfrm.table.Algorithm;
import org.ikebana.kernel.xfrm.table.ReplayState;
import org.ikebana.kernel.xfrm.table.SaEntry;
import org.ikebana.kernel.xfrm.table.XfrmWords;

/**
 * An SA in a few lines.
 *
 * @param keys whether they are shown
 */
record SaText(ConnectionNames names, boolean keys, Instant now) {
    /** The first line is all that the others belong to; they are indented. */
    String of(SaEntry sa) {
        List<String> lines = new ArrayList<>();
        lines.add(head(sa));
        sa.selection().ifPresent(s -> lines.add("for " + s.selector()));
        if (sa.isLarval()) {
            lines.add("reserved, without keys yet"
                    + (sa.info().seq() == 0
                            ? ""
                            : "; answers ACQUIRE "
                                    + Integer.toUnsignedString(sa.info().seq())));
        }
        sa.algorithms().forEach(algorithm -> lines.add(algorithm(algorithm)));
        if (!sa.isLarval()) {
            lines.add(sequence(sa.replay()));
            lines.add(usage(sa));
            limits(sa).ifPresent(lines::add);
        }
        details(sa).ifPresent(lines::add);
        return String.join("\n    ", lines) + "\n";
    }

    /** {@code ESP SA c0ffee01 to 192.0.2.2 from 192.0.2.1: tunnel, reqid 65536 (site-b/lan)}. */
    String head(SaEntry sa) {
        return sa + " from " + sa.source().getHostAddress() + ": "
                + XfrmWords.mode(sa.info().mode()) + ", reqid " + sa.reqid() + names.inBrackets(sa.reqid());
    }

    private String algorithm(Algorithm algorithm) {
        String key =
                keys ? ", key 0x" + HexFormat.of().formatHex(algorithm.key().bytes()) : "";
        return algorithm.purpose() + " " + algorithm.name()
                + (algorithm.keyBits() == 0 ? "" : ", key of " + algorithm.keyBits() + " bits")
                + (algorithm.icvBits() == 0 ? "" : ", ICV of " + algorithm.icvBits() + " bits") + key;
    }

    private static String sequence(ReplayState replay) {
        return "sequence numbers" + (replay.extended() ? " (extended)" : "") + ": " + replay.sent() + " sent, "
                + replay.received() + " received, replay window "
                + (replay.window() == 0 ? "none" : replay.window() + " packets");
    }

    private String usage(SaEntry sa) {
        String errors = sa.info().stats().replay()
                                + sa.info().stats().integrityFailed()
                                + sa.info().stats().replayWindow()
                        == 0
                ? ""
                : "; dropped: " + sa.info().stats().replay() + " repeated, "
                        + sa.info().stats().replayWindow() + " behind the window, "
                        + sa.info().stats().integrityFailed() + " forged or damaged";
        return sa.info().curlft().packets() + " packets, " + sa.info().curlft().bytes() + " octets; added "
                + ago(sa.added())
                + sa.lastUsed().map(t -> ", last used " + ago(t)).orElse("") + errors;
    }

    private Optional<String> limits(SaEntry sa) {
        XfrmLifetimeCfg limits = sa.info().lft();
        List<String> texts = Stream.of(
                        expiry("soft", limits.softAddExpiresSeconds(), sa),
                        expiry("hard", limits.hardAddExpiresSeconds(), sa),
                        limit("soft", limits.softPacketLimit(), "packets"),
                        limit("hard", limits.hardPacketLimit(), "packets"),
                        limit("soft", limits.softByteLimit(), "octets"),
                        limit("hard", limits.hardByteLimit(), "octets"))
                .filter(text -> !text.isEmpty())
                .toList();
        return texts.isEmpty() ? Optional.empty() : Optional.of("limits: " + String.join(", ", texts));
    }

    private String expiry(String kind, long seconds, SaEntry sa) {
        return seconds == 0
                ? ""
                : kind + " in " + Amounts.time(Duration.between(now, sa.added().plusSeconds(seconds)));
    }

    private static String limit(String kind, long limit, String unit) {
        return limit == XfrmLifetimeCfg.INFINITE || limit == 0
                ? ""
                : kind + " at " + Long.toUnsignedString(limit) + " " + unit;
    }

    private static Optional<String> details(SaEntry sa) {
        List<String> details = new ArrayList<>();
        sa.attributes().get(Xfrma.ENCAP).map(SaText::encapsulation).ifPresent(details::add);
        sa.direction().ifPresent(direction -> details.add("direction " + direction));
        if (!sa.mark().isNone()) {
            details.add("mark " + sa.mark());
        }
        if (!sa.outputMark().isNone()) {
            details.add("sets mark " + sa.outputMark());
        }
        if (sa.ifId() != 0) {
            details.add("if_id 0x%x".formatted(sa.ifId()));
        }
        sa.attributes().get(Xfrma.TFCPAD).ifPresent(octets -> details.add("padded to " + octets + " octets"));
        details.addAll(XfrmWords.stateFlags(sa.info().flags()));
        sa.attributes().get(Xfrma.SA_EXTRA_FLAGS).map(XfrmWords::extraFlags).ifPresent(details::addAll);
        return details.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", details));
    }

    private static String encapsulation(XfrmEncapTmpl encapsulation) {
        return "in UDP from port " + encapsulation.encapSport() + " to " + encapsulation.encapDport();
    }

    private String ago(Instant time) {
        return Amounts.time(Duration.between(time, now)) + " ago";
    }
}
