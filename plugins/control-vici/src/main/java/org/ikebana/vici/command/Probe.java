package org.ikebana.vici.command;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.kernel.EspSizes;
import org.ikebana.ike.proposal.Proposal;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.ike.sa.Endpoints;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.ts.TrafficSelector;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.TransformType;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.MessageBuilder;

/**
 * {@code probe}, which strongSwan has not: tries on a connection that is up what would only happen in an hour. An event
 * {@code probe-result} for each question: does the peer answer, and does it take fresh keys for each child, or for {@code child},
 * and for the IKE SA. What it refuses stays as it is, and is asked for again in a minute, as always.
 */
public final class Probe implements Command {
    private static final String EVENT = "probe-result";

    private final DaemonControl daemon;

    public Probe(DaemonControl daemon) {
        this.daemon = daemon;
    }

    private record Target(IkeSa ikeSa, List<ChildSa> children) {}

    @Override
    public String name() {
        return "probe";
    }

    @Override
    public Set<String> events() {
        return Set.of(EVENT);
    }

    @Override
    public Message run(Message request, Caller caller) throws InterruptedException {
        String connection = request.text("ike").orElse("");
        Optional<String> child = request.text("child");
        Optional<Target> target = daemon.ask(engine -> find(engine, connection, child));
        if (target.isEmpty()) {
            return Answer.failure(connection + child.map(name -> "/" + name).orElse("")
                    + " is not up, so there is nothing to be tried: see 'ikebana explain " + connection + "'");
        }
        caller.stream(EVENT, liveness(target.get().ikeSa()));
        for (ChildSa each : target.get().children()) {
            caller.stream(EVENT, rekey(target.get().ikeSa(), each));
        }
        caller.stream(EVENT, rekey(target.get().ikeSa()));
        return daemon.ask(engine -> paths(target.get()));
    }

    /** The newest one that has such a child. */
    private static Optional<Target> find(IkeEngine engine, String connection, Optional<String> child) {
        return engine.ikeSas().stream()
                .filter(sa -> sa.isEstablished() && sa.name().connection().equals(connection))
                .map(sa -> new Target(sa, children(sa, child)))
                .filter(target -> child.isEmpty() || !target.children().isEmpty())
                .max(Comparator.comparingInt(target -> target.ikeSa().name().number()));
    }

    private static List<ChildSa> children(IkeSa sa, Optional<String> child) {
        return sa.childSas().stream()
                .filter(each ->
                        child.filter(name -> !name.equals(each.config().name())).isEmpty())
                .toList();
    }

    /** Where its packets go, by child, and what ESP adds to them. */
    private static Message paths(Target target) {
        MessageBuilder answer = Message.with().put("success", "yes");
        for (ChildSa child : target.children()) {
            answer.section(child.config().name(), path(target.ikeSa().endpoints(), child));
        }
        return answer.build();
    }

    private static MessageBuilder path(Endpoints ends, ChildSa child) {
        MessageBuilder path = Message.with()
                .put("local-host", ends.local().getAddress().getHostAddress())
                .put("remote-host", ends.remote().getAddress().getHostAddress())
                .put("remote-port", ends.remote().getPort())
                .list("local-ranges", ranges(child.selectors().local()));
        int addressLength = ends.remote().getAddress().getAddress().length;
        EspSizes.of(child.suite(), child.mode(), addressLength, child.encapsulated())
                .ifPresent(sizes -> path.section(
                        "esp",
                        Message.with()
                                .put("mode", sizes.mode().name())
                                .put("outer-header", sizes.outerHeader())
                                .put("udp-header", sizes.udpHeader())
                                .put("iv", sizes.iv())
                                .put("alignment", sizes.alignment())
                                .put("icv", sizes.icv())));
        return path;
    }

    /** {@code 10.1.0.0-10.1.255.255}. */
    private static List<String> ranges(List<TrafficSelector> selectors) {
        return selectors.stream()
                .map(selector ->
                        selector.start().getHostAddress() + "-" + selector.end().getHostAddress())
                .toList();
    }

    private Message liveness(IkeSa ikeSa) throws InterruptedException {
        BlockingQueue<Long> answer = new LinkedBlockingQueue<>();
        daemon.tell(engine -> ikeSa.measureRoundTrip(answer::add));
        Long nanoseconds = answer.poll(RekeyTrial.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return nanoseconds == null
                ? result("liveness", false)
                        .put(
                                "text",
                                "the peer has not answered within " + RekeyTrial.PATIENCE.toSeconds()
                                        + " s; the daemon goes on asking")
                        .build()
                : result("liveness", true)
                        .put("text", "the peer answers, after %.1f ms".formatted(nanoseconds / 1e6))
                        .put("microseconds", nanoseconds / 1000)
                        .build();
    }

    private Message rekey(IkeSa ikeSa, ChildSa child) throws InterruptedException {
        RekeyTrial trial = new RekeyTrial(daemon, ikeSa.name(), Optional.of(child.name()));
        return switch (trial.run(engine -> ikeSa.rekeyChild(child))) {
            case RekeyTrial.Outcome.Fresh fresh ->
                about(child, true)
                        .put(
                                "text",
                                fresh.suite()
                                        .transform(TransformType.KE)
                                        .map(group -> "fresh keys, with PFS by " + group)
                                        .orElse("fresh keys, without PFS: both sides have no group in esp_proposals"))
                        .put("suite", fresh.suite().toString())
                        .build();
            case RekeyTrial.Outcome.Refused refused ->
                explained(about(child, false), refused.failure())
                        .put("look-at", child.config().place("esp_proposals").toString())
                        .put("advice", childAdvice(child, refused.failure()))
                        .build();
            case RekeyTrial.Outcome.Open open -> open(about(child, false));
        };
    }

    private Message rekey(IkeSa ikeSa) throws InterruptedException {
        Optional<String> place =
                ikeSa.connection().map(config -> config.place("proposals")).map(SourceRef::toString);
        return switch (new RekeyTrial(daemon, ikeSa.name(), Optional.empty()).run(engine -> ikeSa.rekey())) {
            case RekeyTrial.Outcome.Fresh fresh ->
                result("ike-rekey", true)
                        .put("text", "fresh keys for the IKE SA, " + fresh.suite())
                        .put("suite", fresh.suite().toString())
                        .build();
            case RekeyTrial.Outcome.Refused refused ->
                explained(result("ike-rekey", false), refused.failure())
                        .put("look-at", place)
                        .put(
                                "advice",
                                "ask the other side for its IKE proposals, and whether it rekeys IKE SAs at all; with"
                                        + " reauth_time in place of rekey_time they are made anew instead")
                        .build();
            case RekeyTrial.Outcome.Open open -> open(result("ike-rekey", false));
        };
    }

    /** IKE_AUTH has no key exchange for the first child (RFC 7296 1.2): a disagreement shows when it is rekeyed. */
    private static String childAdvice(ChildSa child, Failure failure) {
        boolean isGroup = failure instanceof Failure.PeerRefused refused
                && (refused.refusal() == NotifyType.NO_PROPOSAL_CHOSEN
                        || refused.refusal() == NotifyType.INVALID_KE_PAYLOAD);
        return isGroup
                ? "the tunnel has come up all the same, as its first keys come with those of the IKE SA and a group for PFS counts from"
                        + " the first rekey on: esp_proposals is "
                        + String.join(
                                ", ",
                                child.config().proposals().stream()
                                        .map(Proposal::toString)
                                        .toList())
                        + " here; ask the other side for its group, and write the same, or none on"
                        + " both sides. As it is, the tunnel breaks off when its time is over"
                : "ask the other side what its log says of that moment";
    }

    private static MessageBuilder explained(MessageBuilder result, Failure failure) {
        return result.put("text", failure.sentence())
                .put("kind", failure.kind())
                .list("details", failure.details());
    }

    private static Message open(MessageBuilder result) {
        return result.put(
                        "text",
                        "nothing has come of it within " + RekeyTrial.PATIENCE.toSeconds()
                                + " s; the peer may be busy: try again")
                .build();
    }

    private static MessageBuilder about(ChildSa child, boolean isGood) {
        return result("child-rekey", isGood).put("child", child.config().name());
    }

    private static MessageBuilder result(String question, boolean isGood) {
        return Message.with().put("question", question).put("good", isGood ? "yes" : "no");
    }
}
