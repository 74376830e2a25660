package org.ikebana.daemon.demo;

import java.io.IOException;

/** Shows what stands between two namespaces, and sends packets through it: a ping, and as much as goes. */
record TunnelProof(Narrator narrator, Namespace west, String westHost, Namespace east, String eastHost) {
    private static final int SECONDS = 3;
    private static final String NO_IPERF = "iperf3 is not installed, so nothing is measured: apt-get install iperf3";

    /** @return whether the ping was answered, and what could be measured was */
    boolean run() throws IOException, InterruptedException {
        show();
        return ping() && measure();
    }

    private void show() throws IOException, InterruptedException {
        narrator.step("What leads from west into the tunnel");
        narrator.say(hideKeys(west.ip("xfrm state")));
        narrator.say(west.ip("xfrm policy list nosock"));
        narrator.say(west.ip("-brief address show"));
        narrator.say(west.ip("route get " + eastHost));
    }

    private boolean ping() throws IOException, InterruptedException {
        narrator.step("A ping from " + westHost + " to " + eastHost + ", through the tunnel");
        Tool ping = west.run("ping", "-c", "3", "-i", "0.2", "-W", "2", "-I", westHost, eastHost);
        narrator.say(ping.output());
        return ping.status() == 0;
    }

    private boolean measure() throws IOException, InterruptedException {
        narrator.step("As much as goes in " + SECONDS + " seconds over TCP, through the tunnel");
        if (!Tool.isInstalled("iperf3")) {
            narrator.say(NO_IPERF);
            return true;
        }
        try (Iperf server = Iperf.serve(east, eastHost)) {
            Iperf.Figure figure = server.measure(west, westHost, SECONDS);
            narrator.say(figure.known() ? figure.text() + " from west to east" : figure.text());
            return figure.known();
        }
    }

    private static String hideKeys(String states) {
        return states.replaceAll("0x[0-9a-f]{16,}", "(key hidden)");
    }
}
