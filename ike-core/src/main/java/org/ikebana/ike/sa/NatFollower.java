package org.ikebana.ike.sa;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.event.MoveCause;

/**
 * Follows a peer whose NAT gives it another address or port (RFC 7296 2.23): packets that are authentic say where it is.
 * Who is behind a NAT itself follows nobody, since it cannot tell a changed mapping from somebody who repeats packets.
 */
final class NatFollower {
    /** Somebody who repeats packets of the peer from elsewhere gets no more moves than this out of it. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Environment environment;
    private final IkeSa sa;
    private Optional<Timer> resting = Optional.empty();
    private Optional<InetSocketAddress> candidate = Optional.empty();

    NatFollower(Environment environment, IkeSa sa) {
        this.environment = environment;
        this.sa = sa;
    }

    /** A packet that has proved authentic, and is no repetition, came from there. */
    void heardFrom(InetSocketAddress remote) {
        Path path = sa.whereabouts().path();
        boolean isPossible = path.nat().mayPeerMove()
                && remote.getAddress().getClass() == path.remote().getAddress().getClass();
        if (!isPossible) {
            return;
        }
        candidate = Optional.of(remote);
        if (resting.isEmpty()) {
            go();
        }
    }

    void stop() {
        resting.ifPresent(Timer::cancel);
        candidate = Optional.empty();
    }

    private void go() {
        Optional<InetSocketAddress> next = candidate.filter(
                remote -> !remote.equals(sa.whereabouts().path().remote()));
        candidate = Optional.empty();
        if (next.isPresent()) {
            Path path = sa.whereabouts().path();
            sa.whereabouts().redirect(path.to(new Endpoints(path.local(), next.get())));
            sa.whereabouts().follow(MoveCause.NAT_MAPPING);
            resting = Optional.of(environment.after(PAUSE, () -> {
                resting = Optional.empty();
                go();
            }));
        }
    }
}
