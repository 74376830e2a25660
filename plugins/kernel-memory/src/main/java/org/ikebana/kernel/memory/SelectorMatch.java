package org.ikebana.kernel.memory;

import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicySelector;

/** Which packets a selector means. */
final class SelectorMatch {
    private SelectorMatch() {}

    /** Whether a packet that goes this way meets the policy. */
    static boolean meets(PolicyKey key, Direction direction, IpPacket.Clear packet) {
        return key.direction() == direction
                && key.ifId() == packet.ifId()
                && key.mark().matches(packet.mark())
                && matches(key.selector(), packet);
    }

    static boolean matches(PolicySelector selector, IpPacket.Clear packet) {
        return selector.source().contains(packet.source())
                && selector.destination().contains(packet.destination())
                && (selector.protocol() == 0 || selector.protocol() == packet.protocol())
                && selector.sourcePort().matches(packet.sourcePort())
                && selector.destinationPort().matches(packet.destinationPort());
    }
}
