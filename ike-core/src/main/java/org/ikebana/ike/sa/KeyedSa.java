package org.ikebana.ike.sa;

import org.ikebana.ike.task.AuthKeying;
import org.ikebana.ike.task.ChildKeying;
import org.ikebana.ike.task.InitResult;

/** The keys of an IKE SA at work: its channel, and what child keys are derived from. */
record KeyedSa(InitResult init, ProtectedChannel channel) implements AutoCloseable {
    static KeyedSa of(SaServices services, InitResult init) {
        return new KeyedSa(
                init,
                new ProtectedChannel(
                        services.crypto(),
                        init.algorithms(),
                        init.keys(),
                        init.role(),
                        services.environment().random()));
    }

    /** The same channel; what goes by other keys from now on is not protected by it. */
    KeyedSa with(InitResult other) {
        return new KeyedSa(other, channel);
    }

    /** After one more IKE_INTERMEDIATE exchange, the keys of which are wiped if there are new ones now. */
    KeyedSa followedBy(SaServices services, InitResult next) {
        if (next.keys() == init.keys()) {
            return with(next);
        }
        close();
        return of(services, next);
    }

    ChildKeying authKeying() {
        return new AuthKeying(() -> init);
    }

    @Override
    public void close() {
        channel.close();
        init.keys().close();
    }
}
