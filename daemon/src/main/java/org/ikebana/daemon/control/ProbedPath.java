package org.ikebana.daemon.control;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ikebana.ike.kernel.EspSizes;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.ts.TrafficSelector;
import org.ikebana.kernel.udp.PathMtuProbe;
import org.ikebana.vici.wire.Element;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.MessageBuilder;

/** The way of a tunnel's packets, tried from this host. */
record ProbedPath(String child, Message told) {
    private static final Duration ROUTERS_TIME = Duration.ofMillis(400);
    private static final Pattern PING_SUMMARY = Pattern.compile("(\\d+)[^,\n]*transmitted, (\\d+)[^,\n]*received");

    /** How long packets may be, outside and inside. */
    Message mtu() throws InterruptedException {
        try {
            InetSocketAddress remote = new InetSocketAddress(
                    InetAddress.ofLiteral(text("remote-host")), Integer.parseInt(text("remote-port")));
            int path = PathMtuProbe.measure(InetAddress.ofLiteral(text("local-host")), remote, ROUTERS_TIME);
            MessageBuilder result = result("path-mtu", true).put("path-mtu", path);
            Optional<EspSizes> sizes = sizes();
            sizes.ifPresent(esp -> result.put("mtu", esp.mtu(path)).put("mss", esp.tcpMss(path, Integer.BYTES)));
            return result.put(
                            "text",
                            "the path takes packets of " + path + " octets"
                                    + sizes.map(esp -> ", so the tunnel those of " + esp.mtu(path)
                                                    + ": for TCP over IPv4 an MSS of "
                                                    + esp.tcpMss(path, Integer.BYTES))
                                            .orElse(""))
                    .build();
        } catch (IOException e) {
            return result("path-mtu", false)
                    .put("text", "the path cannot be measured: " + e.getMessage())
                    .build();
        }
    }

    /** Through the tunnel, with the keys that it has now. */
    Message ping(InetAddress address) throws IOException, InterruptedException {
        Optional<String> source = ownAddress();
        if (source.isEmpty()) {
            return result("ping", false)
                    .put(
                            "text",
                            "this host has no address in the tunnel's local_ts, " + told.list("local-ranges")
                                    + ", so its pings would not go into the tunnel; ping from a host in that network")
                    .build();
        }
        String route = "from " + source.get() + " to " + address.getHostAddress();
        Process process;
        try {
            // A second apart, for as long is the last answer waited for once another one has come.
            process = new ProcessBuilder(
                            "ping", "-n", "-c", "3", "-W", "2", "-I", source.get(), address.getHostAddress())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException missing) {
            return result("ping", false)
                    .put("text", "there is no program ping here; install it (Debian: iputils-ping)")
                    .build();
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean isAnswered = process.waitFor() == 0;
        return result("ping", isAnswered)
                .put("text", counts(output) + ", " + route)
                .put(
                        "advice",
                        isAnswered
                                ? Optional.empty()
                                : Optional.of("'ikebana explain-traffic " + source.get() + " "
                                        + address.getHostAddress() + " icmp' says what becomes of them here"))
                .build();
    }

    private static String counts(String output) {
        Matcher summary = PING_SUMMARY.matcher(output);
        return summary.find()
                ? summary.group(2) + " of " + summary.group(1) + " pings answered"
                : output.strip().replaceAll("\\s+", " ");
    }

    private Optional<String> ownAddress() throws IOException {
        List<TrafficSelector> ranges = new ArrayList<>();
        for (String range : told.list("local-ranges")) {
            String[] ends = range.split("-", 2);
            ranges.add(
                    new TrafficSelector(0, InetAddress.ofLiteral(ends[0]), InetAddress.ofLiteral(ends[1]), 0, 0xffff));
        }
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .filter(address -> ranges.stream()
                        .filter(range -> range.start().getClass() == address.getClass())
                        .anyMatch(range -> range.contains(TrafficSelector.ofAddress(address))))
                .map(InetAddress::getHostAddress)
                .findFirst();
    }

    private Optional<EspSizes> sizes() {
        return told.sections().stream()
                .filter(section -> section.name().equals("esp"))
                .map(Element.Section::content)
                .map(esp -> new EspSizes(
                        SaMode.valueOf(esp.text("mode").orElse("")),
                        number(esp, "outer-header"),
                        number(esp, "udp-header"),
                        number(esp, "iv"),
                        number(esp, "alignment"),
                        number(esp, "icv")))
                .findFirst();
    }

    private static int number(Message message, String name) {
        return Integer.parseInt(message.text(name).orElse(""));
    }

    private String text(String name) {
        return told.text(name).orElse("");
    }

    private MessageBuilder result(String question, boolean isGood) {
        return Message.with()
                .put("question", question)
                .put("good", isGood ? "yes" : "no")
                .put("child", child);
    }
}
