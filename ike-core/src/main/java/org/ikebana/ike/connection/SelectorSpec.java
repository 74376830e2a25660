package org.ikebana.ike.connection;

import org.ikebana.ike.ts.ProtocolPorts;
import org.ikebana.ike.ts.TrafficSelector;

/** One entry of {@code local_ts} or {@code remote_ts}; in words as it is written there. */
public sealed interface SelectorSpec {
    record Fixed(TrafficSelector selector) implements SelectorSpec {
        @Override
        public String toString() {
            return selector.toString();
        }
    }

    /** {@code dynamic}: the IKE SA's own address of that side, with these protocol and ports. */
    record Dynamic(int protocol, int startPort, int endPort) implements SelectorSpec {
        @Override
        public String toString() {
            return "dynamic" + new ProtocolPorts(protocol, startPort, endPort);
        }
    }
}
