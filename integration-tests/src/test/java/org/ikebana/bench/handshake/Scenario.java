package org.ikebana.bench.handshake;

import java.util.List;

/**
 * What is negotiated.
 *
 * @param sas how many IKE SAs a run sets up
 */
record Scenario(String name, String ike, String esp, int sas) {
    static final String SECRET = "a shared key for the bench";
    static final String INITIATOR_ID = "initiator.example";
    static final String RESPONDER_ID = "responder.example";
    static final String RESPONDER_NET = "172.31.0.0/16";
    static final String INITIATOR_NET = "10.31.0.0/16";
    static final String INITIATOR_ADDRESS = "192.0.2.1";
    static final String RESPONDER_ADDRESS = "192.0.2.2";

    static List<Scenario> all(int sas) {
        return List.of(
                new Scenario("PSK, x25519", "aes256gcm16-prfsha256-x25519", "aes256gcm16", sas),
                new Scenario("PSK, ecp256", "aes256gcm16-prfsha256-ecp256", "aes256gcm16", sas),
                new Scenario("PSK, modp2048", "aes256gcm16-prfsha256-modp2048", "aes256gcm16", Math.max(1, sas / 4)));
    }

    /** The responder's swanctl.conf; both daemons read the same. */
    String swanctlConf() {
        return """
                connections {
                  bench {
                    version = 2
                    local_addrs = %s
                    remote_addrs = %s
                    proposals = %s
                    unique = never
                    mobike = no
                    rekey_time = 0
                    local {
                      auth = psk
                      id = %s
                    }
                    remote {
                      auth = psk
                      id = %s
                    }
                    children {
                      net {
                        local_ts = %s
                        remote_ts = %s
                        esp_proposals = %s
                        rekey_time = 0
                      }
                    }
                  }
                }
                secrets {
                  ike-bench {
                    secret = "%s"
                  }
                }
                """.formatted(
                        RESPONDER_ADDRESS,
                        INITIATOR_ADDRESS,
                        ike,
                        RESPONDER_ID,
                        INITIATOR_ID,
                        RESPONDER_NET,
                        INITIATOR_NET,
                        esp,
                        SECRET);
    }
}
