package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.event.IkeSaName;

/**
 * Says how SAs are now. What they have carried is not asked for: that is the kernel's, but for pairs that are gone.
 *
 * @param now in nanoseconds of the environment's clock
 */
public record StatusReader(long now) {
    public IkeSaStatus read(IkeSa sa) {
        Optional<Agreement> agreement = sa.agreement();
        Optional<Established> established =
                sa.position() instanceof Established position ? Optional.of(position) : Optional.empty();
        return new IkeSaStatus(
                name(sa),
                stage(sa),
                sa.id(),
                sa.endpoints(),
                sa.whereabouts().path().nat(),
                agreement.map(Agreement::localId),
                agreement.map(Agreement::remoteId),
                agreement.map(Agreement::suite),
                agreement.map(a -> Duration.ofNanos(now - a.since())),
                established.flatMap(e -> e.ikeRekeys().dueAt()).map(this::until),
                established.flatMap(e -> e.lifetime().reauthenticationAt()).map(this::until),
                children(sa.children().stages()));
    }

    /** A pair that is at work, or was. */
    public ChildSaStatus read(ChildSa child, ChildSaStatus.Stage stage) {
        ChildSa.Terms terms = child.terms();
        return new ChildSaStatus(
                child.name(),
                stage,
                child.config(),
                child.reqid(),
                child.mode(),
                child.inbound(),
                child.outbound(),
                child.encapsulated(),
                child.suite(),
                child.selectors(),
                Duration.ofNanos(now - terms.installed()),
                until(terms.installed(), terms.limits().softSeconds()),
                until(terms.installed(), terms.limits().hardSeconds()),
                child.carried().flatMap(ChildSa.Carried::inbound),
                child.carried().flatMap(ChildSa.Carried::outbound));
    }

    private List<ChildSaStatus> children(ChildStages stages) {
        List<ChildSaStatus> all = new ArrayList<>();
        for (ChildSa child : stages.replaced()) {
            boolean isGone = stages.isLingering(child);
            all.add(read(child, isGone ? ChildSaStatus.Stage.DELETED : ChildSaStatus.Stage.REKEYED));
        }
        stages.atWork().forEach(child -> all.add(read(child, ChildSaStatus.Stage.INSTALLED)));
        stages.prepared().forEach(child -> all.add(read(child, ChildSaStatus.Stage.INSTALLING)));
        return all;
    }

    /** One that is gone keeps the name that it had. */
    private static IkeSaName name(IkeSa sa) {
        return sa.agreement()
                .map(Agreement::connection)
                .map(ConnectionConfig::name)
                .map(connection -> new IkeSaName(
                        connection,
                        sa.name().number(),
                        sa.id().initiatorSpi(),
                        sa.id().responderSpi()))
                .orElseGet(sa::name);
    }

    private static IkeSaStatus.Stage stage(IkeSa sa) {
        return switch (sa.position()) {
            case Beginning beginning -> IkeSaStatus.Stage.CONNECTING;
            case HalfOpen halfOpen -> IkeSaStatus.Stage.CONNECTING;
            case Awaiting awaiting -> IkeSaStatus.Stage.CONNECTING;
            case Established established -> IkeSaStatus.Stage.ESTABLISHED;
            case Rekeyed rekeyed -> IkeSaStatus.Stage.REKEYED;
            case Closing closing -> IkeSaStatus.Stage.DELETING;
            case Closed closed -> IkeSaStatus.Stage.DELETING;
        };
    }

    private Optional<Duration> until(long start, long seconds) {
        return seconds == 0
                ? Optional.empty()
                : Optional.of(until(start + Duration.ofSeconds(seconds).toNanos()));
    }

    private Duration until(long then) {
        return Duration.ofNanos(Math.max(0, then - now));
    }
}
