package org.ikebana.bench.tunnels;

import java.util.Map;

/**
 * The configurations of both ends: a connection and a secret of its own for each tunnel, each to a peer with an address of its
 * own, all of which are in one namespace.
 */
record TunnelFiles(int tunnels) {
    static final String GATEWAY = "192.0.2.1";
    static final String PEERS = "192.0.2.2";

    /** Where the peers' addresses are from. */
    static final String PEERS_NET = "198.18.0.0/15";

    private static final String GATEWAY_ID = "gateway.example.org";
    private static final String DOMAIN = ".peers.example.org";
    static final String SECRET = "a key of these tunnels";
    private static final String SETTINGS = """
            log_level = error
            dos_protection = no
            """;

    /** How the gateway is to begin. */
    enum Start {
        /** It begins with all by itself. */
        ALL("start"),
        /** Peers begin. */
        NONE("none");

        private final String action;

        Start(String action) {
            this.action = action;
        }
    }

    /** Of the gateway, by file name. */
    Map<String, String> gateway(Start start) {
        return Map.of("swanctl.conf", gatewayConf(start, 0), "ikebana.conf", "kernel = memory\n" + SETTINGS);
    }

    /** The same with the kernel's ESP. */
    Map<String, String> gatewayInKernel(Start start) {
        return Map.of("swanctl.conf", gatewayConf(start, 0), "ikebana.conf", SETTINGS);
    }

    /** @param changed of its connections, the first ones, are otherwise than {@link #gateway} has them */
    String gatewayConf(Start start, int changed) {
        StringBuilder conf = new StringBuilder("connections {\n");
        for (int i = 0; i < tunnels; i++) {
            conf.append(connection(
                    i,
                    GATEWAY,
                    address(i),
                    GATEWAY_ID,
                    peer(i),
                    "10.0.0.0/16",
                    net(i),
                    i < changed
                            ? "aes128gcm16-prfsha256-x25519,aes256gcm16-prfsha256-x25519"
                            : "aes256gcm16-prfsha256-x25519",
                    start));
        }
        return secrets(conf.append("}\n"));
    }

    /** Of a gateway that has one connection and one secret for all peers. */
    static String gatewayForAnybody() {
        return "connections {\n"
                + connection(
                        0,
                        GATEWAY,
                        "%any",
                        GATEWAY_ID,
                        "*" + DOMAIN,
                        "10.0.0.0/16",
                        "10.1.0.0/16",
                        "aes256gcm16-prfsha256-x25519",
                        Start.NONE)
                + "}\nsecrets { ike-all { secret = \"" + SECRET + "\" } }\n";
    }

    /** Of all peers together. */
    Map<String, String> peers() {
        StringBuilder conf = new StringBuilder("connections {\n");
        for (int i = 0; i < tunnels; i++) {
            conf.append(connection(
                    i,
                    address(i),
                    GATEWAY,
                    peer(i),
                    GATEWAY_ID,
                    net(i),
                    "10.0.0.0/16",
                    "aes256gcm16-prfsha256-x25519,aes128gcm16-prfsha256-x25519",
                    Start.NONE));
        }
        return Map.of("swanctl.conf", secrets(conf.append("}\n")), "ikebana.conf", SETTINGS);
    }

    static String name(int tunnel) {
        return "t" + tunnel;
    }

    private String secrets(StringBuilder conf) {
        conf.append("secrets {\n");
        for (int i = 0; i < tunnels; i++) {
            conf.append("ike-%d { id = %s\n secret = \"%s\" }\n".formatted(i, peer(i), SECRET));
        }
        return conf.append("}\n").toString();
    }

    private static String connection(
            int tunnel,
            String local,
            String remote,
            String ours,
            String theirs,
            String localNet,
            String remoteNet,
            String ike,
            Start start) {
        return """
                %s {
                  version = 2
                  local_addrs = %s
                  remote_addrs = %s
                  proposals = %s
                  mobike = no
                  rekey_time = 0
                  dpd_delay = 30s
                  local { auth = psk
                    id = %s }
                  remote { auth = psk
                    id = %s }
                  children {
                    net {
                      local_ts = %s
                      remote_ts = %s
                      esp_proposals = aes256gcm16
                      rekey_time = 0
                      start_action = %s
                    }
                  }
                }
                """.formatted(name(tunnel), local, remote, ike, ours, theirs, localNet, remoteNet, start.action);
    }

    private static String peer(int tunnel) {
        return "p" + tunnel + DOMAIN;
    }

    private static String address(int tunnel) {
        return "198.18." + tunnel / 250 + "." + (tunnel % 250 + 1);
    }

    private static String net(int tunnel) {
        return "10.1." + tunnel / 250 + "." + tunnel % 250 + "/32";
    }
}
