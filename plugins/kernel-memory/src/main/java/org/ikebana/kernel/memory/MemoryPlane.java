package org.ikebana.kernel.memory;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.kernel.model.CompleteSa;
import org.ikebana.kernel.model.DataPlane;

/** Packets are data, and the policies that they meet are looked up where the model has them. */
final class MemoryPlane implements DataPlane {
    private final Map<CompleteSa, MemorySa> sas = new HashMap<>();

    MemorySa of(CompleteSa sa) {
        return Objects.requireNonNull(sas.get(sa), "an SA that has ended");
    }

    @Override
    public void begin(CompleteSa sa) {
        sas.put(sa, new MemorySa(sa.installed()));
    }

    @Override
    public void dying(CompleteSa sa) {
        // Who chooses an SA asks it.
    }

    @Override
    public void moved(CompleteSa sa) {
        // Who wraps a packet asks the SA where it goes.
    }

    @Override
    public void end(CompleteSa sa) {
        sas.remove(sa);
    }

    @Override
    public void put(Policy policy, long place) {
        // The model's own database is asked.
    }

    @Override
    public void remove(PolicyKey key) {
        // As above.
    }
}
