package org.ikebana.daemon.xfrm;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.ikebana.config.ConfigException;
import org.ikebana.config.ConfigLoader;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PolicySelectors;
import org.ikebana.ike.sa.ReqidAllocator;
import org.ikebana.ike.ts.TrafficSelector;
import org.ikebana.kernel.xfrm.table.PolicyEntry;
import org.ikebana.kernel.xfrm.table.TemplateEntry;

/**
 * Whose a reqid is: a child of the configuration that has it ({@code reqid}), or one of Ikebana's own numbers, whose child is found by
 * the traffic and the peer of its policies.
 */
final class ConnectionNames {
    private final List<ConnectionConfig> connections;
    private final List<PolicyEntry> policies;

    private ConnectionNames(List<ConnectionConfig> connections, List<PolicyEntry> policies) {
        this.connections = connections;
        this.policies = policies;
    }

    static ConnectionNames of(List<ConnectionConfig> connections, List<PolicyEntry> policies) {
        return new ConnectionNames(List.copyOf(connections), List.copyOf(policies));
    }

    /** Without a configuration that can be read, ours are still told from others'. */
    static ConnectionNames read(Path config, List<PolicyEntry> policies, PrintWriter err) {
        try {
            return of(Files.exists(config) ? ConfigLoader.load(config).connections() : List.of(), policies);
        } catch (ConfigException e) {
            err.println("warning: connections have no names, " + config + " is not right: see ikebana check " + config);
            err.flush();
            return of(List.of(), policies);
        }
    }

    /**
     * {@code site-b/lan}; {@code Ikebana's} where the number is one of ours and nothing, or more than one child, fits it; empty for
     * others'.
     */
    String of(int reqid) {
        Set<String> fixed =
                children(child -> child.config().reqid() != 0 && child.config().reqid() == reqid);
        if (fixed.size() == 1) {
            return fixed.iterator().next();
        }
        if (reqid < ReqidAllocator.FIRST || reqid > ReqidAllocator.LAST) {
            return "";
        }
        Set<String> served = children(child -> policies.stream().anyMatch(policy -> serves(child, policy, reqid)));
        return served.size() == 1 ? served.iterator().next() : "Ikebana's";
    }

    /** {@link #of} in brackets, after a space; nothing for others'. */
    String inBrackets(int reqid) {
        String name = of(reqid);
        return name.isEmpty() ? "" : " (" + name + ")";
    }

    private record Child(ConnectionConfig connection, ChildConfig config) {}

    private Set<String> children(Predicate<Child> condition) {
        return connections.stream()
                .flatMap(connection -> connection.children().stream().map(child -> new Child(connection, child)))
                .filter(condition)
                .map(child -> child.connection().name() + "/" + child.config().name())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean serves(Child child, PolicyEntry policy, int reqid) {
        return policy.direction() == PolicyEntry.OUT
                && policy.selection().isPresent()
                && policy.templates().stream().anyMatch(t -> t.reqid() == reqid && mayBeAt(child.connection(), t))
                && covers(child.config(), policy.selection().get().selector());
    }

    private static boolean covers(ChildConfig child, PolicySelector selector) {
        return covers(child.localSelectors(), PolicySelectors.source(selector))
                && covers(child.remoteSelectors(), PolicySelectors.destination(selector));
    }

    /** {@code dynamic} is the address of an end, which a template need not tell. */
    private static boolean covers(List<SelectorSpec> specs, TrafficSelector selector) {
        return specs.stream().anyMatch(spec -> switch (spec) {
            case SelectorSpec.Fixed fixed -> fixed.selector().contains(selector);
            case SelectorSpec.Dynamic dynamic ->
                selector.range().start().equals(selector.range().end());
        });
    }

    /** A peer behind a name, a range or any address may be anywhere. */
    private static boolean mayBeAt(ConnectionConfig connection, TemplateEntry template) {
        InetAddress peer = template.destination();
        return peer.isAnyLocalAddress()
                || connection.remoteAddresses().stream().allMatch(spec -> !(spec instanceof AddressSpec.Exact))
                || connection.remoteAddresses().contains(new AddressSpec.Exact(peer));
    }
}
