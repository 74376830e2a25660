package org.ikebana.vici.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.Notice;
import org.ikebana.ike.control.Subscriber;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.IkeSaName;
import org.ikebana.ike.sa.ChildSaStatus;
import org.ikebana.ike.sa.IkeSaStatus;
import org.ikebana.vici.report.LogLine;
import org.ikebana.vici.report.SaReport;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.MessageBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes events of vici of what happens in the daemon. */
public final class EventFeed implements Subscriber {
    private static final Logger LOG = LoggerFactory.getLogger("ikebana.control.vici");

    private final DaemonControl daemon;
    private final BooleanSupplier isHeard;
    private final BiConsumer<String, Message> clients;
    private final Runnable onLoss;

    /**
     * @param isHeard whether any client wants events; answers at once
     * @param clients tells all that want it, and waits for none
     * @param onLoss some events have been missed
     */
    public EventFeed(
            DaemonControl daemon, BooleanSupplier isHeard, BiConsumer<String, Message> clients, Runnable onLoss) {
        this.daemon = daemon;
        this.isHeard = isHeard;
        this.clients = clients;
        this.onLoss = onLoss;
    }

    @Override
    public boolean wants(IkeEvent event) {
        return isHeard.getAsBoolean();
    }

    @Override
    public boolean wantsIkeSas() {
        return isHeard.getAsBoolean();
    }

    @Override
    public boolean wantsChildSas(ChildConfig child) {
        return isHeard.getAsBoolean();
    }

    @Override
    public void on(Notice notice) {
        SaReport report = new SaReport(Instant.now());
        switch (notice) {
            case Notice.Happened happened -> onEvent(happened.event(), report);
            case Notice.IkeSaUp up -> tell(EventNames.IKE_UPDOWN, up(true), up.ikeSa(), report.ikeSa(up.ikeSa()));
            case Notice.IkeSaDown down ->
                tell(EventNames.IKE_UPDOWN, up(false), down.ikeSa(), report.ikeSa(down.ikeSa()));
            case Notice.IkeSaRekeyed rekeyed ->
                tell(
                        EventNames.IKE_REKEY,
                        Message.with(),
                        rekeyed.now(),
                        Message.with()
                                .section("old", report.ikeSa(rekeyed.before().with(IkeSaStatus.Stage.REKEYED)))
                                .section("new", report.ikeSa(rekeyed.now())));
            case Notice.ChildSaUp up ->
                tell(EventNames.CHILD_UPDOWN, up(true), up.ikeSa(), report.ikeSa(up.ikeSa(), List.of(up.child())));
            case Notice.ChildSaDown down ->
                tell(
                        EventNames.CHILD_UPDOWN,
                        up(false),
                        down.ikeSa(),
                        report.ikeSa(down.ikeSa(), List.of(down.child())));
            case Notice.ChildSaRekeyed rekeyed ->
                tell(
                        EventNames.CHILD_REKEY,
                        Message.with(),
                        rekeyed.ikeSa(),
                        report.ikeSa(rekeyed.ikeSa())
                                .section("child-sas", rekeyed(report, rekeyed.before(), rekeyed.now())));
        }
    }

    @Override
    public void cutOff() {
        LOG.warn(
                "so much has happened at once that events would be missing: clients that wait for any are disconnected");
        onLoss.run();
    }

    private void onEvent(IkeEvent event, SaReport report) {
        clients.accept(EventNames.LOG, LogLine.of(event).messageWithThread().build());
        switch (event) {
            case IkeEvent.IkeSaMoved moved -> onMove(moved, report);
            case IkeEvent.NegotiationFailed failed ->
                alert(
                        "negotiation-failed",
                        Optional.of(failed.ikeSa()),
                        failed.failure().sentence());
            case IkeEvent.CertificateExpiring expiring ->
                alert(
                        "certificate-expiring",
                        Optional.empty(),
                        LogLine.of(expiring).text());
            case IkeEvent.Warning warning ->
                alert("warning", Optional.empty(), LogLine.of(warning).text());
            default -> {}
        }
    }

    /** The new ends, and the IKE SA as it is now. */
    private void onMove(IkeEvent.IkeSaMoved moved, SaReport report) {
        MessageBuilder ends = Message.with()
                .put("local-host", moved.local().getAddress().getHostAddress())
                .put("local-port", moved.local().getPort())
                .put("remote-host", moved.remote().getAddress().getHostAddress())
                .put("remote-port", moved.remote().getPort());
        try {
            daemon.ask(engine -> engine.ikeSas().stream()
                            .filter(sa -> sa.name().equals(moved.ikeSa()))
                            .map(engine.statusReader()::read)
                            .findFirst())
                    .ifPresent(ikeSa -> tell(EventNames.IKE_UPDATE, ends, ikeSa, report.ikeSa(ikeSa)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the subscription ends
        }
    }

    private void alert(String type, Optional<IkeSaName> ikeSa, String text) {
        MessageBuilder message = Message.with().put("type", type).put("msg", text);
        ikeSa.ifPresent(
                name -> message.section(SaReport.name(name), Message.with().put("uniqueid", name.number())));
        clients.accept(EventNames.ALERT, message.build());
    }

    private void tell(String event, MessageBuilder before, IkeSaStatus ikeSa, MessageBuilder section) {
        clients.accept(
                event, before.section(SaReport.name(ikeSa.name()), section).build());
    }

    private static MessageBuilder up(boolean isUp) {
        return Message.with().putIf("up", isUp);
    }

    private static MessageBuilder rekeyed(SaReport report, ChildSaStatus before, ChildSaStatus now) {
        return Message.with()
                .section(
                        now.name().child(),
                        Message.with().section("old", report.childSa(before)).section("new", report.childSa(now)));
    }
}
