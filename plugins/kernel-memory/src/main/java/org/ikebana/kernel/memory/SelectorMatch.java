package org.ikebana.kernel.memory;

import java.net.InetAddress;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.kernel.model.SaDatabase;

/** Which packets a selector means. */
final class SelectorMatch {
    private SelectorMatch() {}

    /** Whether a packet that goes this way meets the policy. */
    static boolean meets(PolicyKey key, Direction direction, IpPacket.Clear packet) {
        return key.direction() == direction
                && key.ifId() == packet.ifId()
                && SaDatabase.answersTo(key.mark(), packet.mark())
                && matches(key.selector(), packet);
    }

    static boolean matches(PolicySelector selector, IpPacket.Clear packet) {
        return contains(selector.source(), packet.source())
                && contains(selector.destination(), packet.destination())
                && (selector.protocol() == 0 || selector.protocol() == packet.protocol())
                && matches(selector.sourcePort(), packet.sourcePort())
                && matches(selector.destinationPort(), packet.destinationPort());
    }

    static boolean contains(IpPrefix prefix, InetAddress address) {
        byte[] network = prefix.address().getAddress();
        byte[] octets = address.getAddress();
        if (network.length != octets.length) {
            return false;
        }
        int wholeOctets = prefix.length() / 8;
        for (int i = 0; i < wholeOctets; i++) {
            if (network[i] != octets[i]) {
                return false;
            }
        }
        int bitsLeft = prefix.length() % 8;
        return bitsLeft == 0 || ((network[wholeOctets] ^ octets[wholeOctets]) & 0xff) >>> (8 - bitsLeft) == 0;
    }

    private static boolean matches(PortMatch wanted, int port) {
        return ((wanted.port() ^ port) & wanted.mask()) == 0;
    }
}
