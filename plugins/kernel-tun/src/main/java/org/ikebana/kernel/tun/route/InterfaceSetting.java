package org.ikebana.kernel.tun.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * A number that the kernel keeps for each interface and for {@code all}, under {@code /proc/sys/net} of the calling
 * thread's network namespace (ip-sysctl in the kernel's documentation).
 */
public enum InterfaceSetting {
    /** What of a packet's source must be reachable, and how (RFC 3704). IPv6 has none. */
    RP_FILTER("ipv4", "rp_filter"),

    /** Which version of MLD reports groups, 0 for what the routers speak. */
    FORCE_MLD_VERSION("ipv6", "force_mld_version"),

    /** Whether the interface is a router's: joins the routers' groups, heeds no advertisements. */
    IPV6_FORWARDING("ipv6", "forwarding");

    private static final Path NET = Path.of("/proc/sys/net");

    private final String family;
    private final String key;

    InterfaceSetting(String family, String key) {
        this.family = family;
        this.key = key;
    }

    /**
     * Empty if there is no such interface, or the kernel lacks the family.
     *
     * @param device or {@code all}
     */
    public OptionalInt read(String device) throws IOException {
        try {
            return OptionalInt.of(
                    Integer.parseInt(Files.readString(file(device)).strip()));
        } catch (NoSuchFileException e) {
            return OptionalInt.empty();
        }
    }

    /** @throws IOException where we may not, as in a container whose {@code /proc/sys} is read-only */
    public void write(String device, int value) throws IOException {
        Files.writeString(file(device), Integer.toString(value));
    }

    private Path file(String device) {
        return NET.resolve(family).resolve("conf").resolve(device).resolve(key);
    }

    /** As sysctl(8) and sysctl.conf(5) name it, for an interface: {@code net.ipv4.conf.eth0.rp_filter}. */
    public String name(String device) {
        return "net." + family + ".conf." + device.replace('.', '/') + "." + key;
    }
}
