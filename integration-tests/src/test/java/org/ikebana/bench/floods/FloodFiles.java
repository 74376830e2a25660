package org.ikebana.bench.floods;

import java.util.Map;

/** The configurations of a responder that anybody may come to, and of genuine peers, each with an address of its own. */
final class FloodFiles {
    static final String RESPONDER = "192.0.2.1";
    static final String OTHERS = "192.0.2.2";

    /** Where the flood pretends to come from. */
    static final String INVENTED_NET = "198.18.0.0/15";

    /** Where genuine peers are. */
    static final String GENUINE_NET = "198.20.0.0/15";

    private static final String IKE = "aes256gcm16-prfsha256-x25519";
    private static final String SECRETS = "secrets { ike-all { secret = \"a key of all peers\" } }\n";

    private FloodFiles() {}

    /** Of the responder, by file name: its defences are as they are by default. */
    static Map<String, String> responder() {
        return Map.of(
                "swanctl.conf",
                "connections {\n"
                        + connection(
                                "any",
                                RESPONDER,
                                "%any",
                                "gateway.example.org",
                                "*.peers.example.org",
                                "10.0.0.0/16",
                                "10.1.0.0/16")
                        + "}\n" + SECRETS,
                "ikebana.conf",
                "kernel = tun\nlog_level = error\n");
    }

    static String genuine(int peers) {
        StringBuilder conf = new StringBuilder("connections {\n");
        for (int i = 0; i < peers; i++) {
            String place = i / 250 + "." + (i % 250 + 1);
            conf.append(connection(
                    name(i),
                    "198.20." + place,
                    RESPONDER,
                    "p" + i + ".peers.example.org",
                    "gateway.example.org",
                    "10.1." + place + "/32",
                    "10.0.0.0/16"));
        }
        return conf + "}\n" + SECRETS;
    }

    static String name(int peer) {
        return "p" + peer;
    }

    private static String connection(
            String name, String local, String remote, String ours, String theirs, String localNet, String remoteNet) {
        return """
                %s {
                  version = 2
                  local_addrs = %s
                  remote_addrs = %s
                  proposals = %s
                  mobike = no
                  local { auth = psk
                    id = %s }
                  remote { auth = psk
                    id = %s }
                  children {
                    net {
                      local_ts = %s
                      remote_ts = %s
                      esp_proposals = aes256gcm16
                    }
                  }
                }
                """.formatted(name, local, remote, IKE, ours, theirs, localNet, remoteNet);
    }
}
