package org.ikebana.vici.command;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.Notice;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.event.ChildSaName;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.IkeSaName;
import org.ikebana.ike.proposal.Suite;

/**
 * A rekey now, and what comes of it.
 *
 * @param child empty for the IKE SA itself
 */
record RekeyTrial(DaemonControl daemon, IkeSaName ikeSa, Optional<ChildSaName> child) {
    /** An answer that is lost on the way comes with a retransmission. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How it has ended. */
    sealed interface Outcome {
        record Fresh(Suite suite) implements Outcome {}

        record Refused(Failure failure) implements Outcome {}

        /** Not within the time; both ends may have been busy. */
        record Open() implements Outcome {}
    }

    Outcome run(Consumer<IkeEngine> begin) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (Watch watch = Watch.begin(daemon)) {
            daemon.tell(begin);
            Optional<Outcome> outcome = Optional.empty();
            while (outcome.isEmpty() && System.nanoTime() < end && !watch.isCutOff()) {
                outcome = watch.next(Duration.ofNanos(Math.max(0, end - System.nanoTime())))
                        .flatMap(this::read);
            }
            return outcome.orElseGet(Outcome.Open::new);
        }
    }

    private Optional<Outcome> read(Notice notice) {
        return switch (notice) {
            case Notice.ChildSaRekeyed rekeyed ->
                child.filter(rekeyed.before().name()::equals)
                        .map(name -> new Outcome.Fresh(rekeyed.now().suite()));
            case Notice.IkeSaRekeyed rekeyed ->
                rekeyed.now()
                        .suite()
                        .filter(suite ->
                                child.isEmpty() && isOurs(rekeyed.before().name()))
                        .map(Outcome.Fresh::new);
            case Notice.Happened happened -> refusal(happened.event());
            default -> Optional.empty();
        };
    }

    private Optional<Outcome> refusal(IkeEvent event) {
        boolean isOurs = event instanceof IkeEvent.NegotiationFailed failed
                && isOurs(failed.ikeSa())
                && failed.child().equals(child.map(ChildSaName::child));
        return isOurs
                ? Optional.of(new Outcome.Refused(((IkeEvent.NegotiationFailed) event).failure()))
                : Optional.empty();
    }

    private boolean isOurs(IkeSaName name) {
        return name.number() == ikeSa.number();
    }
}
