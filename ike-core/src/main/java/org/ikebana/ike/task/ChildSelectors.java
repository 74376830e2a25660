package org.ikebana.ike.task;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.ts.TrafficSelector;

/**
 * The packets between any of our selectors and any of the peer's: those of a child SA, or what is configured, {@code
 * dynamic} selectors filled in with the IKE SA's addresses.
 */
public record ChildSelectors(List<TrafficSelector> local, List<TrafficSelector> remote) {
    public ChildSelectors {
        local = List.copyOf(local);
        remote = List.copyOf(remote);
    }

    public static ChildSelectors of(ChildConfig child, InetAddress localAddress, InetAddress remoteAddress) {
        return new ChildSelectors(
                fill(child.localSelectors(), localAddress), fill(child.remoteSelectors(), remoteAddress));
    }

    public boolean contains(ChildRequest.Packet packet) {
        return local.stream().anyMatch(s -> s.contains(packet.local()))
                && remote.stream().anyMatch(s -> s.contains(packet.remote()));
    }

    /** In whatever order they are written. */
    public boolean isSameAs(ChildSelectors other) {
        return Set.copyOf(local).equals(Set.copyOf(other.local))
                && Set.copyOf(remote).equals(Set.copyOf(other.remote));
    }

    /** What the other does not have, in parts of which each is all packets between its selectors. */
    public List<ChildSelectors> minus(ChildSelectors other) {
        List<TrafficSelector> common = common(local, other.local);
        if (common.isEmpty() || common(remote, other.remote).isEmpty()) {
            return List.of(this);
        }
        List<ChildSelectors> left = new ArrayList<>(2);
        left.addAll(sensible(difference(local, other.local), remote));
        left.addAll(sensible(common, difference(remote, other.remote)));
        return left;
    }

    /** What both have; empty for nothing. */
    public Optional<ChildSelectors> intersect(ChildSelectors other) {
        return sensible(common(local, other.local), common(remote, other.remote)).stream()
                .findFirst();
    }

    /** The packets of one protocol, of these that name none; all for 0. */
    public ChildSelectors ofProtocol(int protocol) {
        return new ChildSelectors(ofProtocol(local, protocol), ofProtocol(remote, protocol));
    }

    /** One selector of ours and one of the peer's each, where there can be a packet between them. */
    public List<ChildSelectors> pairs() {
        List<ChildSelectors> pairs = new ArrayList<>(local.size() * remote.size());
        for (TrafficSelector ours : local) {
            for (TrafficSelector theirs : remote) {
                pairs.addAll(sensible(List.of(ours), List.of(theirs)));
            }
        }
        return pairs;
    }

    /** As swanctl prints it. */
    @Override
    public String toString() {
        return words(local) + " === " + words(remote);
    }

    private static String words(List<TrafficSelector> selectors) {
        return selectors.stream().map(TrafficSelector::toString).collect(Collectors.joining(" "));
    }

    /** Without selectors that have no counterpart; empty where nothing remains. */
    private static List<ChildSelectors> sensible(List<TrafficSelector> local, List<TrafficSelector> remote) {
        List<TrafficSelector> ours = local.stream()
                .filter(s -> remote.stream().anyMatch(r -> haveTraffic(s, r)))
                .toList();
        List<TrafficSelector> theirs = remote.stream()
                .filter(r -> local.stream().anyMatch(s -> haveTraffic(s, r)))
                .toList();
        return ours.isEmpty() ? List.of() : List.of(new ChildSelectors(ours, theirs));
    }

    private static List<TrafficSelector> ofProtocol(List<TrafficSelector> selectors, int protocol) {
        return selectors.stream()
                .map(s -> s.isAnyProtocol()
                        ? new TrafficSelector(protocol, s.start(), s.end(), s.startPort(), s.endPort())
                        : s)
                .toList();
    }

    private static boolean haveTraffic(TrafficSelector a, TrafficSelector b) {
        return a.range().isSameFamily(b.range())
                && (a.isAnyProtocol() || b.isAnyProtocol() || a.protocol() == b.protocol());
    }

    private static List<TrafficSelector> common(List<TrafficSelector> some, List<TrafficSelector> others) {
        return some.stream()
                .flatMap(s -> others.stream().flatMap(o -> s.intersect(o).stream()))
                .distinct()
                .toList();
    }

    private static List<TrafficSelector> difference(List<TrafficSelector> whole, List<TrafficSelector> taken) {
        List<TrafficSelector> left = whole;
        for (TrafficSelector selector : taken) {
            left = left.stream().flatMap(s -> s.minus(selector).stream()).toList();
        }
        return left;
    }

    private static List<TrafficSelector> fill(List<SelectorSpec> specs, InetAddress address) {
        List<TrafficSelector> selectors = new ArrayList<>(specs.size());
        for (SelectorSpec spec : specs) {
            selectors.add(
                    switch (spec) {
                        case SelectorSpec.Fixed fixed -> fixed.selector();
                        case SelectorSpec.Dynamic dynamic ->
                            new TrafficSelector(
                                    dynamic.protocol(), address, address, dynamic.startPort(), dynamic.endPort());
                    });
        }
        return selectors;
    }
}
