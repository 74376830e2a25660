package org.ikebana.it.crowd;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Where the crowd's revocation lists are said to be, and are not to be had. */
enum DeadServers {
    /** One list for all, at a server that takes the connection and says nothing. */
    SILENT("silent") {
        @Override
        String list(int round, int peer) {
            return SILENT_SERVER + "/" + round + ".crl";
        }
    },
    /** A list of its own for each, at such a server. */
    SILENT_EACH("silent-each") {
        @Override
        String list(int round, int peer) {
            return SILENT_SERVER + "/" + round + "/" + peer + ".crl";
        }
    },
    /** A list of its own for each, at as many servers, to which every packet is lost. */
    UNREACHABLE_EACH("unreachable-each") {
        @Override
        String list(int round, int peer) {
            return "http://198.18." + peer / 250 + "." + (peer % 250 + 1) + "/" + round + ".crl";
        }
    };

    private static final int PORT = 8080;
    private static final String SILENT_SERVER = "http://" + Address.CROWD + ":" + PORT;

    private final String title;

    DeadServers(String title) {
        this.title = title;
    }

    /** As on the command line. */
    String title() {
        return title;
    }

    /** The URI in the certificate of that peer; another in each round, as a failure is remembered for a minute. */
    abstract String list(int round, int peer);

    /** Takes connections from now on, and leaves them alone. Runs until the program ends. */
    static void open() throws IOException {
        ServerSocket server = new ServerSocket(PORT, 1024, InetAddress.getByName(Address.CROWD));
        Thread.ofPlatform().daemon().name("silent server").start(() -> hold(server));
    }

    private static void hold(ServerSocket server) {
        List<Socket> held = new ArrayList<>();
        try {
            while (true) {
                held.add(server.accept());
            }
        } catch (IOException e) {
            throw new AssertionError("the silent server has taken " + held.size() + " connections", e);
        }
    }
}
