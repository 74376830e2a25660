package org.ikebana.ike.kernel;

import java.net.InetAddress;
import java.util.Collections;
import java.util.List;

/** Builds policies for tests: outbound, from the local net to the peer's, protected by a tunnel, unless told otherwise. */
public final class TestPolicy {
    private PolicySelector selector;
    private Direction direction = Direction.OUT;
    private Mark mark = Mark.NONE;
    private int ifId;
    private int priority = 1000;
    private Policy.Action action = Policy.Action.ALLOW;
    private List<PolicyTemplate> templates = List.of();

    private TestPolicy(TestNet net) {
        this.selector = new PolicySelector(net.localNet(), net.peerNet(), 0, PortMatch.ANY, PortMatch.ANY);
    }

    /** What matches is protected by the tunnel of this reqid. */
    public static TestPolicy tunnel(TestNet net, int reqid) {
        TestPolicy policy = new TestPolicy(net);
        policy.templates = List.of(new PolicyTemplate(net.local(), net.peer(), SaProtocol.ESP, SaMode.TUNNEL, reqid));
        return policy;
    }

    /** What matches is protected end to end. */
    public static TestPolicy transport(TestNet net, int reqid) {
        TestPolicy policy = new TestPolicy(net);
        policy.templates =
                List.of(new PolicyTemplate(net.wildcard(), net.wildcard(), SaProtocol.ESP, SaMode.TRANSPORT, reqid));
        return policy;
    }

    /** What matches passes in clear. */
    public static TestPolicy pass(TestNet net) {
        return new TestPolicy(net);
    }

    /** What matches is dropped. */
    public static TestPolicy block(TestNet net) {
        TestPolicy policy = new TestPolicy(net);
        policy.action = Policy.Action.BLOCK;
        return policy;
    }

    /** The same tunnel for what comes in: source and destination change places. */
    public TestPolicy incoming(Direction value) {
        direction = value;
        selector = selector.reversed();
        templates = templates.stream()
                .map(t -> new PolicyTemplate(
                        t.destination(), t.source(), t.protocol(), t.mode(), t.reqid(), t.optional()))
                .toList();
        return this;
    }

    public TestPolicy between(IpPrefix source, IpPrefix destination) {
        selector = new PolicySelector(
                source, destination, selector.protocol(), selector.sourcePort(), selector.destinationPort());
        return this;
    }

    /** To one address only. */
    public TestPolicy to(InetAddress destination) {
        return between(selector.source(), IpPrefix.host(destination));
    }

    public TestPolicy protocol(int protocol, PortMatch sourcePort, PortMatch destinationPort) {
        selector = new PolicySelector(selector.source(), selector.destination(), protocol, sourcePort, destinationPort);
        return this;
    }

    public TestPolicy udpTo(PortMatch destinationPort) {
        return protocol(17, PortMatch.ANY, destinationPort);
    }

    public TestPolicy mark(int value, int mask) {
        mark = new Mark(value, mask);
        return this;
    }

    public TestPolicy ifId(int value) {
        ifId = value;
        return this;
    }

    public TestPolicy priority(int value) {
        priority = value;
        return this;
    }

    /** These templates in place of its own, the innermost first. */
    public TestPolicy templates(PolicyTemplate... values) {
        templates = List.of(values);
        return this;
    }

    /** One more template than the kernel takes. */
    public TestPolicy tooManyTemplates() {
        templates = Collections.nCopies(7, templates.getFirst());
        return this;
    }

    public Policy build() {
        return new Policy(new PolicyKey(selector, direction, mark, ifId), priority, action, templates);
    }

    public KernelChange.PutPolicy put() {
        return new KernelChange.PutPolicy(build());
    }

    public KernelChange.DeletePolicy delete() {
        return new KernelChange.DeletePolicy(build().key());
    }
}
