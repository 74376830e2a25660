package org.ikebana.ike.task;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.ts.TrafficSelector;

/** A child's configured selectors, {@code dynamic} ones filled in with the IKE SA's addresses. */
public record ChildSelectors(List<TrafficSelector> local, List<TrafficSelector> remote) {
    public ChildSelectors {
        local = List.copyOf(local);
        remote = List.copyOf(remote);
    }

    public static ChildSelectors of(ChildConfig child, InetAddress localAddress, InetAddress remoteAddress) {
        return new ChildSelectors(
                fill(child.localSelectors(), localAddress), fill(child.remoteSelectors(), remoteAddress));
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
