package org.ikebana.kernel.tun.route;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * IPv4's reverse path filter: the kernel drops what comes in by an interface though it would answer elsewhere. The greater
 * value of {@code all} and of the interface counts.
 */
public final class ReversePathFilter {
    /** The source must be reachable by any interface. */
    public static final int LOOSE = 2;
    /** The source must be reachable by the interface that the packet came in by. */
    private static final int STRICT = 1;

    private ReversePathFilter() {}

    /**
     * Why packets of a peer are dropped whose own address lies inside a protected prefix: in words, with the remedy.
     *
     * @param device that its encapsulated packets come in by
     * @return empty if they get through
     */
    public static Optional<String> warning(String device, InetAddress peer) throws IOException {
        int effective = Math.max(
                InterfaceSetting.RP_FILTER.read("all").orElse(0),
                InterfaceSetting.RP_FILTER.read(device).orElse(0));
        return peer instanceof Inet4Address && effective == STRICT
                ? Optional.of("%s is inside what its own tunnel protects, and strict reverse path filtering on %s drops"
                                .formatted(peer.getHostAddress(), device)
                        + " all that comes from there; set " + InterfaceSetting.RP_FILTER.name(device) + "=" + LOOSE)
                : Optional.empty();
    }
}
