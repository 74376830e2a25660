package org.ikebana.daemon.demo;

/** The two ends' swanctl.conf. */
final class DemoConfig {
    private static final String TEMPLATE = """
            connections {
              demo {
                local_addrs = %s
                remote_addrs = %s
                local_port = %d
                remote_port = %d
                proposals = aes256gcm16-prfsha384-x25519
                dpd_delay = 30s
                local {
                  auth = psk
                  id = %s.example
                }
                remote {
                  auth = psk
                  id = %s.example
                }
                children {
                  net {
                    local_ts = %s
                    remote_ts = %s
                    esp_proposals = aes256gcm16
                    start_action = %s
                  }
                }
              }
            }
            secrets {
              ike-demo {
                secret = "an example, not a secret"
              }
            }
            """;

    static final String WEST_NET = "10.71.0.0/24";
    static final String EAST_NET = "10.72.0.0/24";

    private DemoConfig() {}

    /** The end that initiates. */
    static String west(String local, String remote, int port, int remotePort) {
        return TEMPLATE.formatted(local, remote, port, remotePort, "west", "east", WEST_NET, EAST_NET, "trap|start");
    }

    static String east(String local, String remote, int port, int remotePort) {
        return TEMPLATE.formatted(local, remote, port, remotePort, "east", "west", EAST_NET, WEST_NET, "none");
    }
}
