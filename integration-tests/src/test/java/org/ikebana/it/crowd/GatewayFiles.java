package org.ikebana.it.crowd;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestAuthority.Issued;

/** The gateway's configuration: one connection for the crowd, one for the tunnels with a shared key. */
final class GatewayFiles {
    static final String ID = "gateway.example.org";
    static final String SHARED_DOMAIN = ".shared.example.org";
    static final String SECRET = "a shared key beside the crowd";
    static final String IKE = "aes256gcm16-prfsha256-x25519";
    static final String ESP = "aes256gcm16";
    static final String GATEWAY_NET = "172.31.0.0/16";
    static final String SHARED_NET = "10.31.0.0/16";

    /** All of the crowd come from one address, and there is no defence against that here. */
    private static final String SETTINGS =
            "kernel = memory\ncookie_threshold = 0\ncookie_threshold_ip = 0\nblock_threshold = 0\n";

    private GatewayFiles() {}

    /** @param revocation as after {@code remote.revocation =} */
    static Map<String, String> of(TestAuthority root, Issued own, String revocation) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("swanctl.conf", swanctlConf(revocation));
        files.put("ikebana.conf", SETTINGS);
        files.put("x509/own.pem", own.certificatePem());
        files.put("private/own.pem", own.keyPem());
        files.put(
                "x509ca/root.pem",
                TestAuthority.pem("CERTIFICATE", root.certificate().encoded()));
        return files;
    }

    private static String swanctlConf(String revocation) {
        return "connections {\n"
                + connection(
                        "crowd",
                        Address.CROWD,
                        "auth = pubkey\n certs = own.pem\n id = " + ID,
                        "auth = pubkey\n id = %any\n revocation = " + revocation)
                + connection("shared", Address.SHARED, "auth = psk\n id = " + ID, "auth = psk\n id = *" + SHARED_DOMAIN)
                + "}\nsecrets { ike-shared { secret = \"" + SECRET + "\" } }\n";
    }

    private static String connection(String name, String peer, String local, String remote) {
        return """
                %s {
                  version = 2
                  local_addrs = %s
                  remote_addrs = %s
                  proposals = %s
                  unique = never
                  mobike = no
                  rekey_time = 0
                  local {
                    %s
                  }
                  remote {
                    %s
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
                """.formatted(name, Address.GATEWAY, peer, IKE, local, remote, GATEWAY_NET, SHARED_NET, ESP);
    }
}
