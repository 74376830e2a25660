package org.ikebana.config.swanctl;

import java.net.Inet4Address;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.problem.Quote;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.kernel.Policy;

/** What cannot work, or hardly be meant, in one connection. */
final class ConnectionChecks {
    private enum Family {
        IPV4,
        IPV6
    }

    private final ConnectionConfig connection;
    private final Problems problems;

    ConnectionChecks(ConnectionConfig connection, Problems problems) {
        this.connection = connection;
        this.problems = problems;
    }

    void check() {
        children();
        if (!connection.isOfShunts()) {
            addressFamilies();
            identities();
        }
        if (!canCall(connection)) {
            connection.tunnels().forEach(this::nobodyToCall);
        }
        duplicateSelectors();
    }

    /** Whether there is somebody to start with. */
    static boolean canCall(ConnectionConfig connection) {
        return connection.remoteAddresses().stream()
                .anyMatch(address -> address instanceof AddressSpec.Exact || address instanceof AddressSpec.Name);
    }

    private void children() {
        if (connection.children().isEmpty()) {
            problems.warning(
                    connection.place(""),
                    "this connection has no children, so it protects no traffic",
                    "add children { ... }");
        }
    }

    private void addressFamilies() {
        Set<Family> local = families(connection.localAddresses());
        Set<Family> remote = families(connection.remoteAddresses());
        local.retainAll(remote);
        if (local.isEmpty()) {
            problems.error(
                    connection.place("remote_addrs"),
                    "local_addrs and remote_addrs have no address family in common",
                    "give both IPv4 or both IPv6 addresses");
        }
    }

    private void identities() {
        Identity local = connection.local().id();
        if (!local.equals(Identity.ANY) && !local.isConcrete()) {
            problems.error(
                    connection.place("local.id"),
                    Quote.of(local.toString()) + " is a pattern, and this side must say exactly who it is",
                    "write one identity without wildcards");
        }
        connection
                .ppk()
                .id()
                .filter(id -> !id.isConcrete())
                .ifPresent(id -> problems.error(
                        connection.place("ppk_id"),
                        Quote.of(id.toString()) + " is a pattern, and a key has one name",
                        "write one id without wildcards"));
        if (!local.equals(Identity.ANY) && local.equals(connection.remote().id())) {
            problems.warning(
                    connection.place("remote.id"),
                    "both sides have the identity " + Quote.of(local.toString()),
                    "give each side its own");
        }
    }

    private void nobodyToCall(ChildConfig child) {
        String remedy = "give remote_addrs an address or a name, or wait for the peer with start_action = none";
        if (child.startAction() != StartAction.NONE) {
            problems.error(
                    child.place("start_action"),
                    "there is nobody to start with: remote_addrs has no single address or name",
                    remedy);
        }
        warnUncallable(child, "close_action", child.closeAction());
        warnUncallable(child, "dpd_action", child.dpdAction());
    }

    private void warnUncallable(ChildConfig child, String key, StartAction action) {
        if (action != StartAction.NONE) {
            problems.warning(
                    child.place(key),
                    key + " has no effect: remote_addrs has no single address or name to start with",
                    "give remote_addrs one, or remove it");
        }
    }

    private void duplicateSelectors() {
        List<ChildConfig> children = connection.children();
        for (int i = 1; i < children.size(); i++) {
            ChildConfig child = children.get(i);
            Optional<ChildConfig> twin = children.subList(0, i).stream()
                    .filter(other -> samePolicies(other, child))
                    .findFirst();
            twin.ifPresent(other -> problems.warning(
                    child.place(""),
                    "this child covers the same traffic as child '" + other.name() + "'",
                    "remove one of them, or give them marks or interface ids"));
        }
    }

    private static boolean samePolicies(ChildConfig one, ChildConfig other) {
        return one.localSelectors().equals(other.localSelectors())
                && one.remoteSelectors().equals(other.remoteSelectors())
                && one.markIn().equals(other.markIn())
                && one.markOut().equals(other.markOut())
                && one.ifIdIn() == other.ifIdIn()
                && one.ifIdOut() == other.ifIdOut()
                && !isLastResort(one, other)
                && !isLastResort(other, one);
    }

    /** What a tunnel does not take is dropped. */
    private static boolean isLastResort(ChildConfig child, ChildConfig tunnel) {
        return child.shunt().equals(Optional.of(Policy.Action.BLOCK)) && !tunnel.isShunt();
    }

    private static Set<Family> families(List<AddressSpec> addresses) {
        return addresses.stream()
                .flatMap(ConnectionChecks::families)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Family.class)));
    }

    private static Stream<Family> families(AddressSpec address) {
        return switch (address) {
            case AddressSpec.Exact exact ->
                Stream.of(exact.address() instanceof Inet4Address ? Family.IPV4 : Family.IPV6);
            case AddressSpec.Range range ->
                Stream.of(range.first() instanceof Inet4Address ? Family.IPV4 : Family.IPV6);
            case AddressSpec.Any any -> Stream.of(Family.values());
            case AddressSpec.Name name -> Stream.of(Family.values());
        };
    }
}
