package org.ikebana.daemon.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An {@code iperf3} that waits in a namespace for what it is sent. */
record Iperf(Process server, String address) implements AutoCloseable {
    private static final Pattern RECEIVED = Pattern.compile("(?m)([0-9.]+ [KMGT]?bits/sec).*receiver\\s*$");

    /** Returns when it listens. */
    static Iperf serve(Namespace namespace, String address) throws IOException {
        Process server = new ProcessBuilder(namespace.inside("iperf3", "-s", "-1", "-B", address, "--forceflush"))
                .redirectErrorStream(true)
                .start();
        BufferedReader said = server.inputReader();
        String line = said.readLine();
        while (line != null && !line.contains("Server listening")) {
            line = said.readLine();
        }
        if (line == null) {
            throw new IOException("iperf3 does not listen on " + address);
        }
        return new Iperf(server, address);
    }

    /** @return what arrived, as {@code 1.23 Gbits/sec}; if nothing could be sent, nothing but what iperf3 said */
    Figure measure(Namespace from, String source, int seconds) throws IOException, InterruptedException {
        Tool client = from.run("iperf3", "-c", address, "-B", source, "-t", Integer.toString(seconds));
        Matcher received = RECEIVED.matcher(client.output());
        return client.status() == 0 && received.find()
                ? new Figure(true, received.group(1))
                : new Figure(false, client.output());
    }

    @Override
    public void close() {
        server.toHandle().destroyForcibly();
    }

    /** What came of it, in words. */
    record Figure(boolean known, String text) {}
}
