package org.ikebana.vici.report;

import java.util.List;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.ts.ProtocolNames;
import org.ikebana.ike.ts.ProtocolPorts;
import org.ikebana.ike.ts.TrafficSelector;

/** Traffic selectors as strongSwan prints them: {@code 10.1.0.0/16[tcp/ssh]}. */
final class SelectorText {
    private SelectorText() {}

    static List<String> ofAll(List<TrafficSelector> selectors) {
        return selectors.stream().map(SelectorText::of).toList();
    }

    static String of(TrafficSelector selector) {
        return selector.range() + of(selector.protocolPorts(), ServiceNames.OF_THIS_HOST);
    }

    static String of(SelectorSpec spec) {
        return switch (spec) {
            case SelectorSpec.Fixed fixed -> of(fixed.selector());
            case SelectorSpec.Dynamic dynamic ->
                "dynamic"
                        + of(
                                new ProtocolPorts(dynamic.protocol(), dynamic.startPort(), dynamic.endPort()),
                                ServiceNames.OF_THIS_HOST);
        };
    }

    /** A single port goes by its name, if it has one. */
    static String of(ProtocolPorts ports, ServiceNames services) {
        boolean isOnePort = ProtocolPorts.hasPorts(ports.protocol()) && ports.startPort() == ports.endPort();
        String protocol = ProtocolNames.protocol(ports.protocol());
        return isOnePort
                ? services.of(ports.startPort(), protocol)
                        .map(name -> "[" + protocol + "/" + name + "]")
                        .orElseGet(ports::toString)
                : ports.toString();
    }
}
