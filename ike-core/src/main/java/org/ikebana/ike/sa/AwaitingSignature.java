package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.environment.Place;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.task.SignatureAwaitedException;
import org.ikebana.ike.task.SignatureOrder.Outcome;

/** A signature by which we prove who we are is made outside the event loop; the message that it belongs to is built after that. */
final class AwaitingSignature implements Awaiting {
    /** After this we cannot prove who we are. A peer retransmits for longer. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final IkeSa sa;
    private final KeyedSa keyed;
    private final ConnectionConfig connection;
    private final SignatureAwaitedException wanted;
    private final Continuation continuation;
    private Timer timeout = () -> {};
    private Timer job = () -> {};
    private boolean isOver;

    private AwaitingSignature(
            IkeSa sa,
            KeyedSa keyed,
            ConnectionConfig connection,
            SignatureAwaitedException wanted,
            Continuation continuation) {
        this.sa = sa;
        this.keyed = keyed;
        this.connection = connection;
        this.wanted = wanted;
        this.continuation = continuation;
    }

    /** @param continuation builds the message again */
    static void begin(
            IkeSa sa,
            SaServices services,
            KeyedSa keyed,
            ConnectionConfig connection,
            SignatureAwaitedException wanted,
            Continuation continuation) {
        AwaitingSignature waiting = new AwaitingSignature(sa, keyed, connection, wanted, continuation);
        sa.become(waiting);
        if (continuation.isLast()) {
            services.listener().settled(sa);
        }
        waiting.start(services);
    }

    private void start(SaServices services) {
        Place place = wanted.order().place().orElseThrow();
        timeout = services.environment()
                .after(
                        PATIENCE,
                        () -> settle(new Outcome.Refused(
                                place + " has not answered within " + PATIENCE.toSeconds() + " s")));
        Optional<Timer> begun =
                services.environment().outside(place, () -> wanted.order().carryOut(), this::settle);
        if (begun.isPresent()) {
            job = begun.get();
        } else {
            settle(new Outcome.Refused("too many wait for " + place + " already"));
        }
    }

    @Override
    public IkeSa sa() {
        return sa;
    }

    @Override
    public Continuation continuation() {
        return continuation;
    }

    @Override
    public DatagramDrop drop() {
        return DatagramDrop.AWAITING_SIGNATURE;
    }

    @Override
    public Optional<KeyedSa> keyed() {
        return Optional.of(keyed);
    }

    @Override
    public Optional<ConnectionConfig> connection() {
        return Optional.of(connection);
    }

    @Override
    public void leave() {
        if (!isOver) {
            stop();
            continuation.abandon();
        }
    }

    private void settle(Outcome outcome) {
        if (!isOver) {
            stop();
            wanted.settle(outcome);
            continuation.goOn();
        }
    }

    private void stop() {
        isOver = true;
        timeout.cancel();
        job.cancel();
    }
}
