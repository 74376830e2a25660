package org.ikebana.kernel.tun.route;

import java.net.InetAddress;
import java.util.List;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.kernel.linux.NetworkNamespace;

/** Prefixes as people write them, and what ip(8) says of ours. */
final class Nets {
    private Nets() {}

    static IpPrefix net(String prefix) {
        int slash = prefix.indexOf('/');
        return new IpPrefix(
                InetAddress.ofLiteral(prefix.substring(0, slash)), Integer.parseInt(prefix.substring(slash + 1)));
    }

    static ProtectedTraffic traffic(String source, String destination) {
        return new ProtectedTraffic(net(source), net(destination));
    }

    /** Our IPv4 routes, one line each; what is asked for is not repeated. */
    static List<String> table() throws Exception {
        return lines("ip -4 -d route show table all proto 201");
    }

    static List<String> table6() throws Exception {
        return lines("ip -6 -d route show table all proto 201");
    }

    static List<String> rules() throws Exception {
        return lines("ip rule show");
    }

    static List<String> rules6() throws Exception {
        return lines("ip -6 rule show");
    }

    private static List<String> lines(String command) throws Exception {
        return NetworkNamespace.command(command)
                .lines()
                .map(line -> line.strip().replace('\t', ' '))
                .toList();
    }
}
