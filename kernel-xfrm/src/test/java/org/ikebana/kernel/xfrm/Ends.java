package org.ikebana.kernel.xfrm;

import java.net.InetAddress;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.TestNet;

/**
 * Between whom packets go, and how they are wrapped: as records for us, as words for {@code ip xfrm} at the peer.
 *
 * @param outer family of the wrapped packet
 * @param inner family of the packet; in transport mode the same
 */
record Ends(TestNet outer, TestNet inner, SaMode mode) {
    static final int REQID = 7;

    /** What is pinged from. */
    InetAddress source() {
        return mode == SaMode.TRANSPORT ? outer.local() : inner.innerLocal();
    }

    /** What is pinged. */
    InetAddress destination() {
        return mode == SaMode.TRANSPORT ? outer.peer() : inner.innerPeer();
    }

    /** The pings on their way out. */
    PolicySelector selector() {
        return new PolicySelector(
                IpPrefix.host(source()), IpPrefix.host(destination()), 0, PortMatch.ANY, PortMatch.ANY);
    }

    /** Outwards. */
    PolicyTemplate template(SaProtocol protocol, boolean optional) {
        return new PolicyTemplate(outer.local(), outer.peer(), protocol, mode, REQID, optional);
    }

    /** The outer ends. */
    String way(boolean towardsUs) {
        return words(outer.local(), outer.peer(), towardsUs);
    }

    /** What the pings and their answers are selected by. */
    String selectorWords(boolean towardsUs) {
        return words(source(), destination(), towardsUs);
    }

    String templateWords(SaProtocol protocol, boolean towardsUs) {
        return " tmpl %s proto %s reqid %d mode %s".formatted(way(towardsUs), word(protocol), REQID, modeWord());
    }

    /**
     * {@code ID ALGORITHMS} of an SA. Mixed families need the selector's to be open, BEET needs a selector, and AH over
     * IPv4 is aligned to 4 octets, not 8 (RFC 4302 3.3.3.2.1).
     */
    String stateWords(SaProtocol protocol, boolean towardsUs, int spi, String flags, String algorithms) {
        String allFlags = (mode == SaMode.TUNNEL ? "af-unspec " : "")
                + (protocol == SaProtocol.AH && outer == TestNet.IPV4 ? "align4 " : "")
                + flags;
        return "%s proto %s spi 0x%x reqid %d mode %s%s%s %s"
                .formatted(
                        way(towardsUs),
                        word(protocol),
                        spi,
                        REQID,
                        modeWord(),
                        allFlags.isBlank() ? "" : " flag " + allFlags.strip(),
                        mode == SaMode.BEET ? " sel " + selectorWords(towardsUs) : "",
                        algorithms);
    }

    private String modeWord() {
        return mode.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static String word(SaProtocol protocol) {
        return switch (protocol) {
            case ESP -> "esp";
            case AH -> "ah";
            case IPCOMP -> "comp";
        };
    }

    private static String words(InetAddress ours, InetAddress theirs, boolean towardsUs) {
        InetAddress from = towardsUs ? theirs : ours;
        InetAddress to = towardsUs ? ours : theirs;
        return "src " + from.getHostAddress() + " dst " + to.getHostAddress();
    }
}
