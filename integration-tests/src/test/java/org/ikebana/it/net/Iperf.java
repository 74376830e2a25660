package org.ikebana.it.net;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ikebana.it.process.Await;
import org.ikebana.it.process.Command;
import org.ikebana.it.process.Json;
import org.ikebana.it.process.Patience;
import org.ikebana.it.process.RunningProcess;

/** {@code iperf3}: an unencrypted load from one machine to another, and what of it arrives. */
public final class Iperf {
    private static final int PORT = 5201;

    private final Netns client;
    private final String address;

    private Iperf(Netns client, String address) {
        this.client = client;
        this.address = address;
    }

    /** Starts the receiver, at this address of its machine; the lab stops it. */
    public static Iperf between(Netns client, Netns server, String address) {
        List<String> command = List.of("iperf3", "-s", "-B", address, "-p", Integer.toString(PORT), "--forceflush");
        server.lab().own(RunningProcess.start("iperf3 at " + server, server.commandLine(command), Map.of()));
        Await.until(
                "iperf3 listens",
                Patience.seconds(60),
                () -> !server.exec("ss", "-Hltn", "sport = :" + PORT).run().isBlank());
        return new Iperf(client, address);
    }

    /** As much as goes, over one TCP connection. */
    public Flow tcp(Duration time) {
        return run(time, List.of());
    }

    /**
     * Datagrams of that many octets each.
     *
     * @param bitsPerSecond what is offered, without headers; 0 for as much as the sender can
     */
    public Flow udp(Duration time, int octets, long bitsPerSecond) {
        return run(time, List.of("-u", "-l", Integer.toString(octets), "-b", Long.toString(bitsPerSecond)));
    }

    private Flow run(Duration time, List<String> more) {
        List<String> command = new ArrayList<>(List.of("iperf3", "-J", "-c", address, "-p", Integer.toString(PORT)));
        command.addAll(List.of("-t", Long.toString(time.toSeconds())));
        command.addAll(more);
        Command.Outcome outcome = client.exec(command.toArray(String[]::new)).tryRun();
        if (!outcome.succeeded()) {
            throw new AssertionError("iperf3 from " + client + " to " + address + ": " + outcome.output());
        }
        return Flow.of(Json.read(outcome.output()));
    }

    /**
     * What one transfer came to.
     *
     * @param seconds the receiver's
     * @param sent datagrams; 0 with TCP
     * @param received octets, without headers
     */
    public record Flow(double seconds, long sent, long received) {
        private static Flow of(Json report) {
            String packets = "/end/sum_sent/packets";
            return new Flow(
                    report.number("/end/sum_received/seconds"),
                    report.values().containsKey(packets) ? (long) report.number(packets) : 0,
                    (long) report.number("/end/sum_received/bytes"));
        }

        public double bitsPerSecond() {
            return 8 * received / seconds;
        }

        /** Datagrams that arrived. */
        public double packetsPerSecond(int octets) {
            return (double) received / octets / seconds;
        }

        /** Of the datagrams that were sent, the part that did not arrive. */
        public double loss(int octets) {
            return sent == 0 ? 0 : Math.max(0, 1 - (double) received / octets / sent);
        }
    }
}
