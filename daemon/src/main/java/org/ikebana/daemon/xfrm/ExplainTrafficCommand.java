package org.ikebana.daemon.xfrm;

import java.io.PrintWriter;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ikebana.daemon.json.Json;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.kernel.link.Link;
import org.ikebana.kernel.xfrm.table.XfrmTables;
import org.ikebana.kernel.xfrm.table.XfrmTables.Keys;
import org.ikebana.kernel.xfrm.walk.Packet;
import org.ikebana.kernel.xfrm.walk.Stage;
import org.ikebana.kernel.xfrm.walk.TrafficWalk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ikebana explain-traffic}. */
@Command(
        name = "explain-traffic",
        description = {
            "Walks a packet through the kernel's policies and SAs, and says whether it would be protected, go in clear or be"
                    + " dropped, and why. Nothing is sent.",
            "It goes out if SRC is an address of this host, comes in if DST is, and else is forwarded."
        },
        footer = {
            "",
            "  ikebana explain-traffic 10.1.0.5 10.2.0.5          # any protocol",
            "  ikebana explain-traffic 10.1.0.5 10.2.0.5 tcp 443",
            "  ikebana explain-traffic 10.2.0.5 10.1.0.5          # and the answers"
        })
public final class ExplainTrafficCommand implements Callable<Integer> {
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    private static final Map<String, Integer> PROTOCOLS =
            Map.of("any", 0, "icmp", ICMP, "tcp", 6, "udp", 17, "gre", 47, "icmpv6", ICMPV6, "sctp", 132);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "SRC", description = "Address that the packet comes from.")
    private String source = "";

    @Parameters(index = "1", paramLabel = "DST", description = "Address that it goes to.")
    private String destination = "";

    @Parameters(
            index = "2",
            paramLabel = "PROTO",
            arity = "0..1",
            defaultValue = "any",
            description = "Its protocol: tcp, udp, icmp, icmpv6, sctp, gre or a number.")
    private String protocol = "any";

    @Parameters(
            index = "3",
            paramLabel = "PORT",
            arity = "0..1",
            defaultValue = "0",
            description = "The port that it goes to; for icmp its type.")
    private int port;

    @Option(names = "--source-port", paramLabel = "PORT", description = "The port that it comes from.")
    private int sourcePort;

    @Option(names = "--mark", paramLabel = "MARK", description = "Its mark, as 42 or 0x2a.")
    private String mark = "0";

    @Option(
            names = "--if-id",
            paramLabel = "ID",
            description = "Of the XFRM interface that it passes; else the one that its route leads to.")
    private String ifId = "";

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws UnreadableKernelException {
        PrintWriter out = spec.commandLine().getOut();
        Packet asked = packet();
        XfrmTables tables = StateCommand.tables(Keys.WIPED);
        Surroundings surroundings = Surroundings.read(asked.destination(), asked.mark());
        Packet packet = ifId.isEmpty() ? onItsRoute(asked, surroundings) : asked;
        List<Direction> directions = surroundings.host().directions(packet);
        ConnectionNames names = output.names(tables, spec);
        List<Stage> stages = new TrafficWalk(tables, surroundings.host()).stages(packet, directions);
        WalkText text = new WalkText(names, StatCommand.stat());
        if (output.json) {
            out.println(Json.text(new WalkJson(names, text).of(packet, stages)));
        } else {
            out.print(text.of(packet, stages));
            directions.stream().filter(Direction.OUT::equals).forEach(d -> printRoute(out, surroundings));
        }
        out.flush();
        return 0;
    }

    private static void printRoute(PrintWriter out, Surroundings surroundings) {
        if (surroundings.device().isEmpty()) {
            out.println("\nThere is no route to it: the kernel refuses it before it looks at policies.");
        } else if (surroundings.exempt()) {
            out.println(
                    "\nBut its route leads to " + surroundings.device().get().name()
                            + ", where disable_xfrm is set: it goes out in clear, whatever the policies say.");
        }
    }

    /** Routed into an XFRM interface, it meets that interface's policies only. */
    private static Packet onItsRoute(Packet packet, Surroundings surroundings) {
        int routed = surroundings.device().map(Link::ifId).orElse(0);
        boolean leaves = surroundings.host().directions(packet).contains(Direction.OUT);
        return new Packet(
                packet.source(),
                packet.destination(),
                packet.protocol(),
                packet.sourcePort(),
                packet.destinationPort(),
                packet.mark(),
                leaves ? routed : 0);
    }

    /** For ICMP the kernel has the type in the source port's place. */
    private Packet packet() {
        int number = protocolNumber();
        boolean icmp = number == ICMP || number == ICMPV6;
        Packet packet = new Packet(
                address(source),
                address(destination),
                number,
                icmp ? port : sourcePort,
                icmp ? 0 : port,
                number(mark, "mark"),
                ifId.isEmpty() ? 0 : number(ifId, "if_id"));
        if (packet.source().getAddress().length != packet.destination().getAddress().length) {
            throw new ParameterException(
                    spec.commandLine(), "SRC and DST must be of one family, both IPv4 or both IPv6");
        }
        return packet;
    }

    private int protocolNumber() {
        Integer known = PROTOCOLS.get(protocol.toLowerCase(Locale.ROOT));
        return known != null ? known : number(protocol, "protocol");
    }

    private InetAddress address(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "'" + text + "' is no address; write one as 10.1.0.5 or 2001:db8::5", e);
        }
    }

    private int number(String text, String what) {
        try {
            return Long.decode(text).intValue();
        } catch (NumberFormatException e) {
            throw new ParameterException(
                    spec.commandLine(), "'" + text + "' is no " + what + "; write a number as 42 or 0x2a", e);
        }
    }
}
