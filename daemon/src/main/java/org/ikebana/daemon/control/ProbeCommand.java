package org.ikebana.daemon.control;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ikebana.daemon.json.Json;
import org.ikebana.vici.client.ViciClient;
import org.ikebana.vici.wire.Element;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.MessageBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ikebana probe}. */
@Command(
        name = "probe",
        description = {
            "Tries on a connection that is up what would only happen in an hour: fresh keys for its tunnels, with PFS, and for the",
            "IKE SA; whether the peer answers and packets come back; how long packets may be.",
            "What the peer refuses stays as it is, and what to change is said. Exit status 1 if anything is amiss."
        })
public final class ProbeCommand implements Callable<Integer> {
    @Mixin
    private DaemonSocket socket = new DaemonSocket();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CONNECTION[/CHILD]", converter = TunnelName.Converter.class, description = "Which.")
    private TunnelName name = new TunnelName("", Optional.empty());

    @Option(
            names = "--ping",
            paramLabel = "ADDRESS",
            description = "Also pings this address in the other side's network, from one of this host's own in ours.")
    private Optional<InetAddress> ping = Optional.empty();

    @Option(names = "--json", description = "As a JSON object a line.")
    private boolean json;

    private boolean isAmiss;

    @Override
    public Integer call() throws IOException, InterruptedException {
        MessageBuilder request = Message.with().put("ike", name.connection());
        name.child().ifPresent(child -> request.put("child", child));
        try (ViciClient daemon = socket.connect()) {
            traffic(daemon).forEach(this::print);
            Message paths = DaemonSocket.required(daemon.stream("probe", request.build(), "probe-result", this::print));
            for (Element.Section path : paths.sections()) {
                ProbedPath probed = new ProbedPath(path.name(), path.content());
                print(probed.mtu());
                if (ping.isPresent()) {
                    print(probed.ping(ping.get()));
                }
            }
            return isAmiss ? 1 : 0;
        }
    }

    /** What the tunnels have carried so far. */
    private List<Message> traffic(ViciClient daemon) throws IOException {
        List<Message> results = new ArrayList<>();
        for (TunnelStatus tunnel : TunnelStatus.all(daemon)) {
            boolean isMeant = tunnel.connection().equals(name.connection())
                    && name.child()
                            .filter(child -> !child.equals(tunnel.child()))
                            .isEmpty();
            if (isMeant && tunnel.isUp()) {
                results.add(traffic(tunnel));
            }
        }
        return results;
    }

    private static Message traffic(TunnelStatus tunnel) {
        long in = tunnel.number("packets-in").orElse(0L);
        long out = tunnel.number("packets-out").orElse(0L);
        boolean isOneWay = out > 0 && in == 0;
        String text = isOneWay
                ? out
                        + " packets have gone out and none has come back: ask the other side whether its hosts have a route to"
                        + " your networks, whether its firewall lets them pass, and whether ESP reaches you"
                : out + " packets out, " + in + " in since the last keys"
                        + (in + out == 0 ? ": nobody has used it; --ping ADDRESS tries it" : "");
        return Message.with()
                .put("question", "traffic")
                .put("good", isOneWay ? "no" : "yes")
                .put("child", tunnel.child())
                .put("text", text)
                .put("packets-in", in)
                .put("packets-out", out)
                .build();
    }

    private void print(Message result) {
        PrintWriter out = spec.commandLine().getOut();
        boolean isGood = result.isYes("good");
        isAmiss |= !isGood;
        if (json) {
            out.println(Json.text(ViciJson.of(result)));
        } else {
            String subject = name.connection()
                    + result.text("child").map(child -> "/" + child).orElse("");
            out.println((isGood ? "ok    " : "FAIL  ") + subject + ": "
                    + result.text("text").orElse(""));
            result.text("look-at").ifPresent(place -> out.println("      look at " + place));
            result.text("advice").ifPresent(advice -> out.println("      " + advice));
        }
        out.flush();
    }
}
