package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.task.AuthLifetime;

/**
 * When an established IKE SA is authenticated anew, and when it ends whatever comes of that and of its rekeying:
 * {@code reauth_time}, {@code rekey_time}, {@code over_time} of swanctl.conf, AUTH_LIFETIME (RFC 4478). A rekeyed IKE SA was
 * authenticated when its predecessor was.
 */
final class IkeLifetime {
    /** A peer cannot make us authenticate more often. */
    private static final Duration LEAST = Duration.ofSeconds(5);

    private final IkeSa sa;
    private final SaServices services;
    private final ConnectionConfig connection;
    private Optional<Long> reauthenticationAt = Optional.empty();
    private Optional<Long> authenticationEndsAt = Optional.empty();
    private Optional<Timer> reauthentication = Optional.empty();
    private Optional<Timer> end = Optional.empty();

    IkeLifetime(IkeSa sa, SaServices services, ConnectionConfig connection) {
        this.sa = sa;
        this.services = services;
        this.connection = connection;
    }

    /** It has been authenticated just now. */
    void authenticated() {
        Duration limit = connection.reauthTime();
        if (limit.isPositive()) {
            long seconds = SoftLimits.earlier(
                    limit.toSeconds(),
                    connection.randTime().toSeconds(),
                    services.environment().random());
            reauthenticationAt = Optional.of(now() + Duration.ofSeconds(seconds).toNanos());
            authenticationEndsAt =
                    Optional.of(now() + limit.plus(connection.overTime()).toNanos());
        }
    }

    /** The IKE SA before was authenticated, and this one has taken its place. */
    void inherit(IkeLifetime before) {
        reauthenticationAt = before.reauthenticationAt;
        authenticationEndsAt = before.authenticationEndsAt;
    }

    /** From now on its time counts. */
    void start() {
        schedule();
        Optional<Long> keysEndAt = Optional.of(connection.rekeyTime())
                .filter(Duration::isPositive)
                .map(rekey -> now() + rekey.plus(connection.overTime()).toNanos());
        end = keysEndAt
                .filter(keys -> authenticationEndsAt.filter(a -> a - keys < 0).isEmpty())
                .or(() -> authenticationEndsAt)
                .map(at -> after(at, () -> sa.terminate(CloseCause.EXPIRED)));
    }

    /** What the initiator is to know of it, where we are the responder (RFC 4478 3). */
    Optional<AuthLifetime> toSay() {
        return reauthenticationAt.map(at -> new AuthLifetime(Duration.ofNanos(Math.max(0, at - now()))));
    }

    /** The peer ends the IKE SA then: we are to be earlier, by {@code over_time} unless that is too long. */
    void onSaid(AuthLifetime said) {
        Duration half = said.lifetime().dividedBy(2);
        Duration margin = connection.overTime().compareTo(half) < 0 ? connection.overTime() : half;
        Duration in = said.lifetime().minus(margin);
        long at = now() + (in.compareTo(LEAST) < 0 ? LEAST : in).toNanos();
        if (reauthenticationAt.filter(sooner -> sooner - at <= 0).isEmpty()) {
            reauthenticationAt = Optional.of(at);
            schedule();
        }
    }

    /** In nanoseconds of the environment's clock. */
    Optional<Long> reauthenticationAt() {
        return reauthenticationAt;
    }

    void stop() {
        reauthentication.ifPresent(Timer::cancel);
        end.ifPresent(Timer::cancel);
    }

    private void schedule() {
        reauthentication.ifPresent(Timer::cancel);
        reauthentication = reauthenticationAt.map(at -> after(at, sa::reauthenticate));
    }

    private Timer after(long at, Runnable action) {
        return services.environment().after(Duration.ofNanos(Math.max(0, at - now())), action);
    }

    private long now() {
        return services.environment().nanoTime();
    }
}
