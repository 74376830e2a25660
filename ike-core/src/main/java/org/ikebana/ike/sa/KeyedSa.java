package org.ikebana.ike.sa;

import org.ikebana.ike.task.ChildKeySource;
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

    /** For a child made in IKE_AUTH: the nonces of IKE_SA_INIT, no key exchange of its own (RFC 7296 2.17). */
    ChildKeySource childKeySource() {
        return new ChildKeySource(init.algorithms().prf(), init.keys().skD(), init.ni(), init.nr(), null);
    }

    @Override
    public void close() {
        channel.close();
        init.keys().close();
    }
}
