package org.ikebana.daemon.xfrm;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.ikebana.kernel.link.Link;
import org.ikebana.kernel.link.Links;
import org.ikebana.kernel.link.RouteLookup;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.rtnetlink.RouteMessage;
import org.ikebana.kernel.xfrm.walk.Host;

/**
 * What a packet meets beside policies and SAs.
 *
 * @param device that its route leads to; empty where there is no route
 * @param exempt the device lets everything pass without a look into the policies ({@code disable_xfrm})
 */
record Surroundings(Host host, Optional<Link> device, boolean exempt) {
    /** {@code /proc/sys} shows the settings of the thread's own network namespace. */
    private static final Path HOLDS = Path.of("/proc/sys/net/core/xfrm_larval_drop");

    /** As they are in the calling thread's network namespace. */
    static Surroundings read(InetAddress destination, int mark) throws UnreadableKernelException {
        try (NetlinkClient<RouteMessage> kernel = Links.connect()) {
            Host host = new Host(new Links(kernel).addresses(), isZero(HOLDS), Instant.now());
            Optional<Link> device = new RouteLookup(kernel).linkTowards(destination, mark);
            return new Surroundings(host, device, device.isPresent() && isExempt(destination, device.get()));
        } catch (IOException e) {
            throw new UnreadableKernelException(e);
        }
    }

    /** IPv6 has no such setting. */
    private static boolean isExempt(InetAddress destination, Link device) throws IOException {
        if (!(destination instanceof Inet4Address)) {
            return false;
        }
        Path conf = Path.of("/proc/sys/net/ipv4/conf");
        Path own = conf.resolve(device.name()).resolve("disable_xfrm");
        Path all = conf.resolve("all").resolve("disable_xfrm");
        return isSet(own) || isSet(all);
    }

    private static boolean isSet(Path setting) throws IOException {
        return Files.exists(setting) && !isZero(setting);
    }

    private static boolean isZero(Path setting) throws IOException {
        try {
            return Files.readString(setting).strip().equals("0");
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
