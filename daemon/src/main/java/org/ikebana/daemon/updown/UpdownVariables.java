package org.ikebana.daemon.updown;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.sa.ChildSaStatus;
import org.ikebana.ike.sa.IkeSaStatus;
import org.ikebana.ike.ts.IpRange;
import org.ikebana.ike.ts.TrafficSelector;

/** What a script is told in its environment, by strongSwan's names. */
final class UpdownVariables {
    private static final String VERSION = "1.1";

    private UpdownVariables() {}

    /**
     * @param verb {@code up} or {@code down}
     * @param ours of the child's selectors, and {@code theirs}
     */
    static Map<String, String> of(
            String verb, IkeSaStatus ikeSa, ChildSaStatus child, TrafficSelector ours, TrafficSelector theirs) {
        InetAddress here = ikeSa.endpoints().local().getAddress();
        InetAddress there = ikeSa.endpoints().remote().getAddress();
        Map<String, String> variables = new TreeMap<>();
        variables.put("PLUTO_VERSION", VERSION);
        variables.put("PLUTO_VERB", verb + kind(ours, here));
        variables.put("PLUTO_CONNECTION", child.config().name());
        variables.put("PLUTO_INTERFACE", interfaceOf(here));
        variables.put("PLUTO_REQID", Integer.toUnsignedString(child.reqid()));
        variables.put("PLUTO_PROTO", child.inbound().protocol().name().toLowerCase(Locale.ROOT));
        variables.put("PLUTO_UNIQUEID", Integer.toString(ikeSa.name().number()));
        variables.put("PLUTO_ME", here.getHostAddress());
        variables.put("PLUTO_MY_ID", text(ikeSa.localId()));
        variables.put("PLUTO_PEER", there.getHostAddress());
        variables.put("PLUTO_PEER_ID", text(ikeSa.remoteId()));
        side(variables, "MY", ours);
        side(variables, "PEER", theirs);
        if (child.encapsulated()) {
            variables.put(
                    "PLUTO_UDP_ENC", Integer.toString(ikeSa.endpoints().remote().getPort()));
        }
        if (child.config().hostAccess()) {
            variables.put("PLUTO_HOST_ACCESS", "1");
        }
        marks(variables, child.config());
        return variables;
    }

    /** Of a gateway or of this host alone, and of which family. */
    private static String kind(TrafficSelector ours, InetAddress here) {
        boolean isHost = ours.start().equals(here) && ours.end().equals(here);
        boolean isIpv6 = ours.start().getAddress().length > 4;
        return (isHost ? "-host" : "-client") + (isIpv6 ? "-v6" : "");
    }

    private static void side(Map<String, String> variables, String whose, TrafficSelector selector) {
        variables.put("PLUTO_" + whose + "_CLIENT", subnet(selector));
        variables.put("PLUTO_" + whose + "_PORT", Integer.toString(selector.isAnyPort() ? 0 : selector.startPort()));
        variables.put("PLUTO_" + whose + "_PROTOCOL", Integer.toString(selector.protocol()));
    }

    private static void marks(Map<String, String> variables, ChildConfig config) {
        mark(config.markIn()).ifPresent(mark -> variables.put("PLUTO_MARK_IN", mark));
        mark(config.markOut()).ifPresent(mark -> variables.put("PLUTO_MARK_OUT", mark));
        if (config.ifIdIn() != 0) {
            variables.put("PLUTO_IF_ID_IN", Integer.toUnsignedString(config.ifIdIn()));
        }
        if (config.ifIdOut() != 0) {
            variables.put("PLUTO_IF_ID_OUT", Integer.toUnsignedString(config.ifIdOut()));
        }
    }

    private static Optional<String> mark(Mark mark) {
        return mark.isNone()
                ? Optional.empty()
                : Optional.of("%s/0x%08x".formatted(Integer.toUnsignedString(mark.value()), mark.mask()));
    }

    /** The smallest one that holds it: scripts know no ranges. */
    private static String subnet(TrafficSelector selector) {
        InetAddress start = selector.start();
        int bits = start.getAddress().length * 8;
        while (bits > 0 && !IpRange.ofPrefix(start, bits).contains(selector.range())) {
            bits--;
        }
        return IpRange.ofPrefix(start, bits).start().getHostAddress() + "/" + bits;
    }

    private static String interfaceOf(InetAddress address) {
        try {
            return Optional.ofNullable(NetworkInterface.getByInetAddress(address))
                    .map(NetworkInterface::getName)
                    .orElse("unknown");
        } catch (SocketException e) {
            return "unknown";
        }
    }

    /** The peer has chosen it: scripts are spared what is no character. */
    private static String text(Optional<Identity> identity) {
        return identity.map(Identity::toString).orElse("%any").replaceAll("\\p{Cntrl}", "?");
    }
}
