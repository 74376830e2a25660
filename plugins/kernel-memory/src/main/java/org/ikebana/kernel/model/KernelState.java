package org.ikebana.kernel.model;

/**
 * The parts of one kernel, which packets and updates work on; whoever calls them holds {@code lock}.
 *
 * @param lifecycle through which SAs enter {@code sas} and leave it
 */
public record KernelState(
        Object lock,
        KernelClock clock,
        KernelOptions options,
        KernelFaults faults,
        EventHub events,
        PolicyDatabase policies,
        SaDatabase sas,
        SaLifecycle lifecycle) {
    /** Nothing is installed. */
    static KernelState empty(KernelClock clock, KernelOptions options, DataPlane plane) {
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
                new PolicyDatabase(plane),
                sas,
                new SaLifecycle(sas, clock, plane, events, lock));
    }

    /** No further SA may be installed. */
    boolean isFull() {
        return sas.size() >= options.maximumSas();
    }
}
