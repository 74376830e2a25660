package org.ikebana.kernel.memory;

import java.util.random.RandomGenerator;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.kernel.model.CompleteSa;
import org.ikebana.kernel.model.KernelClock;
import org.ikebana.kernel.model.KernelModel;
import org.ikebana.kernel.model.KernelOptions;

/** A kernel in memory and the packets that go through it. */
final class MemoryMachine {
    private final MemoryPlane plane = new MemoryPlane();
    private final KernelModel model;

    MemoryMachine(KernelClock clock, RandomGenerator random, KernelOptions options) {
        this.model = new KernelModel(clock, random, options, plane);
    }

    KernelModel model() {
        return model;
    }

    OutboundVerdict packetOut(IpPacket.Clear packet) {
        return model.locked((state, acquires) -> new OutboundPath(state, acquires, plane).send(packet));
    }

    InboundVerdict packetIn(IpPacket packet, Direction direction) {
        return model.locked((state, acquires) -> new InboundPath(state, plane).receive(packet, direction));
    }

    /** As if these numbers of the SA had been used. */
    void useSequencesUpTo(CompleteSa sa, long sequence) {
        plane.of(sa).useSequencesUpTo(sequence);
    }
}
