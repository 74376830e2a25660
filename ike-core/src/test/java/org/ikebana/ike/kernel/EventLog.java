package org.ikebana.ike.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hears what a kernel tells, and waits for it with a bound. */
public final class EventLog implements KernelListener {
    static final Duration STEP = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final KernelBench bench;
    private final List<KernelEvent> events = new CopyOnWriteArrayList<>();
    private int fences;

    private EventLog(KernelBench bench) {
        this.bench = bench;
    }

    /** Listens to the bench's backend from now on. */
    public static EventLog of(KernelBench bench) {
        EventLog log = new EventLog(bench);
        bench.backend().listen(log);
        return log;
    }

    @Override
    public void onEvent(KernelEvent event) {
        events.add(event);
    }

    /** What has come so far. */
    public <T extends KernelEvent> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Waits for the first event of this kind. */
    public <T extends KernelEvent> T first(Class<T> type) {
        return nth(type, 1);
    }

    /** Waits for the n-th event of this kind, the first being 1. */
    public <T extends KernelEvent> T nth(Class<T> type, int n) {
        for (Duration waited = Duration.ZERO; all(type).size() < n; waited = waited.plus(STEP)) {
            assertThat(waited)
                    .as("waiting for %s number %d, heard %s", type.getSimpleName(), n, events)
                    .isLessThan(LIMIT);
            bench.advance(STEP);
        }
        return all(type).get(n - 1);
    }

    /** Waits until whatever was raised before this call has been heard; the Acquires of the fence are left out of the log. */
    public void fence() throws Exception {
        fences++;
        int reqid = 0x7fff0000 + fences;
        TestNet net = TestNet.IPV4;
        InetAddress destination = InetAddress.ofLiteral("203.0.113." + fences);
        PolicyTemplate template = new PolicyTemplate(net.local(), destination, SaProtocol.ESP, SaMode.TUNNEL, reqid);
        PolicyKey key = new PolicyKey(
                new PolicySelector(
                        IpPrefix.host(net.innerLocal()), IpPrefix.host(destination), 0, PortMatch.ANY, PortMatch.ANY),
                Direction.OUT,
                Mark.NONE,
                0);
        Policy policy = new Policy(key, 1, Policy.Action.ALLOW, List.of(template));
        bench.backend().apply(KernelUpdate.of(new KernelChange.PutPolicy(policy)));
        bench.leave(TestPacket.udp(net.innerLocal(), destination, 9));
        for (Duration waited = Duration.ZERO; !sawAcquireOf(reqid); waited = waited.plus(STEP)) {
            assertThat(waited)
                    .as("waiting for the fence's Acquire, heard %s", events)
                    .isLessThan(LIMIT);
            bench.advance(STEP);
        }
        events.removeIf(e -> e instanceof KernelEvent.Acquire acquire && acquire.reqid() == reqid);
        bench.backend().apply(KernelUpdate.of(new KernelChange.DeletePolicy(key)));
    }

    private boolean sawAcquireOf(int reqid) {
        return all(KernelEvent.Acquire.class).stream().anyMatch(a -> a.reqid() == reqid);
    }
}
