package org.ikebana.ike.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.Childless;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.sa.Agreement;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.ike.sa.CloseCause;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.sa.IkeSaInitiation;
import org.ikebana.ike.sa.SaServices;
import org.ikebana.ike.task.ChildRequest;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates peers anew (RFC 7296 2.8.3): another IKE SA with the same children is negotiated from scratch beside the old
 * one, which is deleted once the children are there. Where that fails the old one stays, and it is tried again until its
 * time is over. Where both ends have authenticated once more already, for another IKE SA, the children go over to that.
 */
final class Reauthentications {
    /** The peer has done the same at once and won: its IKE SA goes on, and the old one is the peer's to delete by then. */
    private static final Duration IF_THE_PEER_DOES_NOT = Duration.ofSeconds(30);

    /** A peer that takes a child in parts (RFC 7296 2.9) has taken by then what it takes. */
    private static final Duration PARTS = Duration.ofSeconds(10);

    private final Environment environment;
    private final SaServices services;
    private final ConnectionTable connections;
    private final Uniqueness uniqueness;
    private final List<Attempt> attempts = new ArrayList<>(1);

    /** To replace one IKE SA. */
    private static final class Attempt {
        private final Backoff backoff = new Backoff();

        /** How many pairs of each child are still to come; the old IKE SA has as many. */
        private final Map<String, Integer> open = new HashMap<>();

        private IkeSa old;

        /** It has what it needs to go on in the place of the old one: a child, if that has any. */
        private boolean isOfUse;

        /** Null while it waits to be tried again. */
        private @Nullable IkeSa fresh;

        /** The fresh one was there before, and stays whatever becomes of this. */
        private boolean isJoining;

        private Timer retry = () -> {};

        private Attempt(IkeSa old) {
            this.old = old;
        }
    }

    Reauthentications(
            Environment environment, SaServices services, ConnectionTable connections, Uniqueness uniqueness) {
        this.environment = environment;
        this.services = services;
        this.connections = connections;
        this.uniqueness = uniqueness;
    }

    /** Nothing happens where it is under way. */
    void begin(IkeSa old) {
        if (of(old).isPresent() || !old.isEstablished()) {
            return;
        }
        Attempt attempt = new Attempt(old);
        attempts.add(attempt);
        begin(attempt);
    }

    /** Enough where no child is asked for (RFC 6023). */
    void onEstablished(IkeSa fresh) {
        if (uniqueness.hasEarlier(fresh)) {
            fresh.agreement().ifPresent(ends -> environment.after(PARTS, () -> unite(ends)));
        }
        by(fresh).stream().filter(attempt -> attempt.open.isEmpty()).forEach(attempt -> {
            attempt.isOfUse = true;
            settle(attempt);
        });
    }

    void onChildUp(IkeSa fresh, String child) {
        by(fresh).forEach(attempt -> {
            if (!attempt.isOfUse) {
                environment.after(PARTS, () -> complete(attempt));
            }
            attempt.isOfUse = true;
            attempt.open.computeIfPresent(child, (c, pairs) -> pairs > 1 ? pairs - 1 : null);
            settle(attempt);
        });
    }

    /** A pair of the same child is on the old IKE SA, or is another part of it on the fresh one (RFC 7296 2.9). */
    boolean isContinued(IkeSa fresh, ChildSa child) {
        return by(fresh).stream()
                .flatMap(attempt -> Stream.of(attempt.old, fresh))
                .flatMap(sa -> sa.childSas().stream())
                .anyMatch(other -> other != child
                        && other.config().name().equals(child.config().name()));
    }

    /** True if the child is still there on the IKE SA that was to be replaced. */
    boolean absorbs(IkeSa fresh, String child) {
        List<Attempt> concerned = by(fresh).stream()
                .filter(attempt -> attempt.open.remove(child) != null)
                .toList();
        concerned.forEach(this::settle);
        return !concerned.isEmpty();
    }

    /**
     * Of several IKE SAs that we have begun for the same purpose one is enough: the last one, which had not come far when
     * another was authenticated anew, say.
     */
    private void unite(Agreement ends) {
        uniqueness.superseded(ends).forEach(this::begin);
    }

    void onRekeyed(IkeSa before, IkeSa now) {
        for (Attempt attempt : attempts) {
            attempt.old = attempt.old == before ? now : attempt.old;
            attempt.fresh = attempt.fresh == before ? now : attempt.fresh;
        }
    }

    void onClosed(IkeSa ikeSa, CloseCause cause) {
        of(ikeSa).ifPresent(this::forget);
        by(ikeSa).forEach(attempt -> {
            attempt.fresh = null;
            if (attempt.old.isEstablished()) {
                retry(attempt, cause);
            } else {
                forget(attempt);
            }
        });
    }

    private void begin(Attempt attempt) {
        IkeSa old = attempt.old;
        if (!old.isEstablished()) { // closed meanwhile
            forget(attempt);
            return;
        }
        List<ChildConfig> children =
                old.childSas().stream().map(child -> child.config()).distinct().toList();
        if (children.isEmpty() && isOfNoUse(old)) {
            forget(attempt);
            old.terminate(CloseCause.EXPIRED);
            return;
        }
        attempt.open.clear();
        old.childSas().forEach(child -> attempt.open.merge(child.config().name(), 1, Integer::sum));
        attempt.isOfUse = false;
        List<ChildRequest> wanted = children.stream()
                .map(child -> new ChildRequest(child, Optional.empty(), () -> 0))
                .toList();
        Optional<IkeSa> later = uniqueness.later(old);
        attempt.isJoining = later.isPresent();
        if (later.filter(sa -> of(sa).isPresent()).isPresent()) { // it is being replaced itself
            attempt.retry = environment.after(attempt.backoff.next(environment.random()), () -> begin(attempt));
        } else if (later.isPresent()) {
            join(attempt, later.get(), wanted);
        } else {
            beginAnother(attempt, wanted);
        }
    }

    private ConnectionConfig connection(IkeSa old) {
        ConnectionConfig former = old.connection().orElseThrow();
        return connections.named(former.name()).orElse(former);
    }

    private void beginAnother(Attempt attempt, List<ChildRequest> wanted) {
        IkeSa old = attempt.old;
        IkeSa fresh =
                new IkeSaInitiation(services).insteadOf(old, services.registry().freshSpi(), connection(old), wanted);
        attempt.fresh = fresh;
        services.registry().add(fresh);
        environment.after(Duration.ZERO, fresh::start);
    }

    private void join(Attempt attempt, IkeSa later, List<ChildRequest> wanted) {
        attempt.fresh = later;
        later.childSas().forEach(child -> attempt.open.remove(child.config().name()));
        attempt.isOfUse = attempt.open.size() < wanted.size();
        settle(attempt);
        wanted.stream()
                .filter(child -> attempt.open.containsKey(child.config().name()))
                .toList()
                .forEach(later::addChild);
    }

    /** The exchange at hand comes to its end before the old IKE SA does. */
    private void settle(Attempt attempt) {
        if (attempt.open.isEmpty()) {
            environment.after(Duration.ZERO, () -> complete(attempt));
        }
    }

    private void complete(Attempt attempt) {
        IkeSa fresh = attempt.fresh;
        boolean isOver = attempt.open.isEmpty() || attempt.isOfUse;
        if (!attempts.contains(attempt) || fresh == null || !isOver) {
            return;
        }
        if (attempt.isOfUse) {
            forget(attempt);
            environment.emit(new IkeEvent.IkeSaReauthenticated(attempt.old.name(), fresh.name()));
            attempt.old.terminate(CloseCause.REAUTHENTICATED);
        } else if (attempt.isJoining) {
            attempt.fresh = null;
            retry(attempt, CloseCause.FAILED);
        } else {
            fresh.terminate(CloseCause.FAILED);
        }
    }

    /** Without a child; what is wanted later is negotiated on another one. */
    private boolean isOfNoUse(IkeSa childless) {
        boolean isOneRefused = childless
                .connection()
                .filter(c -> c.childless() == Childless.NEVER)
                .isPresent();
        return isOneRefused || uniqueness.isOneOfSeveral(childless);
    }

    private void retry(Attempt attempt, CloseCause cause) {
        Duration delay = attempt.backoff.next(environment.random());
        if (cause == CloseCause.REDUNDANT) {
            delay = delay.plus(IF_THE_PEER_DOES_NOT);
        } else {
            environment.emit(new IkeEvent.Warning(
                    attempt.old.name(),
                    "could not authenticate anew; it stays as long as it may, and the next attempt is in "
                            + delay.toMillis() / 1000 + " s"));
        }
        attempt.retry = environment.after(delay, () -> begin(attempt));
    }

    private void forget(Attempt attempt) {
        attempt.retry.cancel();
        attempts.remove(attempt);
    }

    private Optional<Attempt> of(IkeSa old) {
        return attempts.stream().filter(attempt -> attempt.old == old).findFirst();
    }

    private List<Attempt> by(IkeSa fresh) {
        return attempts.stream().filter(attempt -> attempt.fresh == fresh).toList();
    }
}
