package org.ikebana.kernel.tun.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * IPv4's reverse path filter (RFC 3704; {@code rp_filter} in the kernel's ip-sysctl): the kernel drops what comes in by an
 * interface though it would answer elsewhere. The greater value of {@code all} and of the interface counts. IPv6 has none.
 */
public final class ReversePathFilter {
    private static final Path CONF = Path.of("/proc/sys/net/ipv4/conf");
    /** The source must be reachable by the interface that the packet came in by. */
    private static final int STRICT = 1;
    /** The source must be reachable by any interface. */
    private static final int LOOSE = 2;

    private ReversePathFilter() {}

    /**
     * Why packets of a peer would be dropped whose address lies inside a protected prefix: in words, with the remedy.
     *
     * @param device that its encapsulated packets come in by
     * @return empty if they get through
     */
    public static Optional<String> warning(String device, InetAddress peer) {
        if (!(peer instanceof Inet4Address)) {
            return Optional.empty();
        }
        int effective = Math.max(value("all"), value(device));
        return effective == STRICT
                ? Optional.of("the peer's address %s is itself protected, and strict reverse path filtering on %s drops"
                                .formatted(peer.getHostAddress(), device)
                        + " what comes from there; set net.ipv4.conf." + device.replace('.', '/') + ".rp_filter=2")
                : Optional.empty();
    }

    /**
     * Makes the filter of an interface loose, whatever {@code all} says.
     *
     * @return false where we may not, as in a container with a read-only /proc/sys
     */
    public static boolean loosen(String device) {
        try {
            Files.writeString(file(device), Integer.toString(LOOSE));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int value(String device) {
        try {
            return Integer.parseInt(Files.readString(file(device)).strip());
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("read the reverse path filter of " + device, e);
        }
    }

    private static Path file(String device) {
        return CONF.resolve(device).resolve("rp_filter");
    }
}
