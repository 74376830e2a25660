package org.ikebana.kernel.memory;

/**
 * The parts of one kernel, which packets and updates work on; whoever calls them holds {@code lock}.
 *
 * @param lifecycle through which SAs enter {@code sas} and leave it
 */
record KernelState(
        Object lock,
        MemoryClock clock,
        MemoryKernelOptions options,
        KernelFaults faults,
        EventHub events,
        PolicyDatabase policies,
        SaDatabase sas,
        SaLifecycle lifecycle) {
    /** Nothing is installed. */
    static KernelState empty(MemoryClock clock, MemoryKernelOptions options) {
        Object lock = new Object();
        KernelFaults faults = new KernelFaults();
        EventHub events = new EventHub(clock, faults);
        SaDatabase sas = new SaDatabase();
        return new KernelState(
                lock,
                clock,
                options,
                faults,
                events,
                new PolicyDatabase(),
                sas,
                new SaLifecycle(sas, clock, events, lock));
    }

    /** No further SA may be installed. */
    boolean isFull() {
        return sas.size() >= options.maximumSas();
    }
}
