package org.ikebana.bench.handshake;

import static org.bouncycastle.asn1.x509.Extension.subjectAlternativeName;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.it.peer.Installation;

/**
 * What is negotiated.
 *
 * @param strongSwan which one can do it
 * @param sas how many IKE SAs are measured
 */
record Scenario(String name, Auth auth, String ike, Installation strongSwan, int sas) {
    static final String RESPONDER_NET = "172.31.0.0/16";
    static final String INITIATOR_NET = "10.0.0.0/8";
    static final String INITIATOR_ADDRESS = "192.0.2.1";
    static final String RESPONDER_ADDRESS = "192.0.2.2";

    static final String SECRET = "a shared key for the bench";
    private static final String DOMAIN = ".spokes.example";
    private static final int PEERS = 100;
    private static final String RESPONDER_ID = "responder.example";
    private static final TestAuthority AUTHORITY = TestAuthority.root("CN=bench");

    /** How both prove who they are. */
    enum Auth {
        PSK,
        /** A certificate on P-256, issued by a root that both have. */
        ECDSA
    }

    static List<Scenario> all(int sas) {
        Installation debians = Installation.OF_THIS_MACHINE.withLoadTester();
        Installation newer = Installation.newer().withLoadTester();
        String suite = "aes256gcm16-prfsha256-";
        return List.of(
                new Scenario("PSK, x25519", Auth.PSK, suite + "x25519", debians, sas),
                new Scenario("PSK, ecp256", Auth.PSK, suite + "ecp256", debians, sas),
                new Scenario("PSK, modp2048", Auth.PSK, suite + "modp2048", debians, Math.max(1, sas / 4)),
                new Scenario("ECDSA, x25519", Auth.ECDSA, suite + "x25519", debians, sas),
                new Scenario("PSK, mlkem768+x25519", Auth.PSK, suite + "x25519-ke1_mlkem768", newer, sas));
    }

    /** The configuration of the end that waits to be called, by file name. Both daemons read the same. */
    Map<String, String> responder() {
        String remote = auth == Auth.PSK ? "*" + DOMAIN : "%any";
        String conf = connection("bench", RESPONDER_ADDRESS, INITIATOR_ADDRESS, RESPONDER_NET, INITIATOR_NET)
                .formatted(own(RESPONDER_ID, "own.pem"), remote);
        return files(conf, Map.of("own.pem", RESPONDER_ID));
    }

    /** Of the end that calls: {@link #PEERS} connections, each with an identity of its own. */
    Map<String, String> initiator() {
        StringBuilder conf = new StringBuilder();
        Map<String, String> identities = new HashMap<>();
        for (int i = 0; i < PEERS; i++) {
            String file = "i%d.pem".formatted(i);
            String id = "i%d%s".formatted(i, DOMAIN);
            identities.put(file, id);
            conf.append(connection("c" + i, INITIATOR_ADDRESS, RESPONDER_ADDRESS, INITIATOR_NET, RESPONDER_NET)
                    .formatted(own(id, file), RESPONDER_ID));
        }
        return files(conf.toString(), identities);
    }

    /** What part of strongSwan's CPU we want to do with. */
    String aim() {
        return auth == Auth.ECDSA || ike.contains("mlkem") ? "0.40" : ike.endsWith("x25519") ? "0.67" : "";
    }

    /** What to do where {@link #strongSwan} is not there. */
    String missing() {
        return name + ": run integration-tests/newer-strongswan and integration-tests/load-tester first";
    }

    private String own(String id, String file) {
        return auth == Auth.PSK ? "id = " + id : "id = " + id + "\n certs = " + file;
    }

    /** With two places left, for the local and the remote identity. */
    private String connection(String name, String local, String remote, String localNet, String remoteNet) {
        String word = auth == Auth.PSK ? "psk" : "pubkey";
        return """
                connections {
                  %s {
                    version = 2
                    local_addrs = %s
                    remote_addrs = %s
                    proposals = %s
                    unique = never
                    mobike = no
                    rekey_time = 0
                    local { auth = %s
                      %%s }
                    remote { auth = %s
                      id = %%s }
                    children {
                      net {
                        local_ts = %s
                        remote_ts = %s
                        esp_proposals = aes256gcm16
                        rekey_time = 0
                      }
                    }
                  }
                }
                """.formatted(name, local, remote, ike, word, word, localNet, remoteNet);
    }

    private Map<String, String> files(String conf, Map<String, String> identities) {
        if (auth == Auth.PSK) {
            return Map.of("swanctl.conf", conf + "secrets { ike-bench { secret = \"%s\" } }\n".formatted(SECRET));
        }
        Map<String, String> files = new HashMap<>();
        files.put("swanctl.conf", conf);
        files.put(
                "x509ca/ca.pem",
                TestAuthority.pem("CERTIFICATE", AUTHORITY.certificate().encoded()));
        identities.forEach((file, id) -> {
            TestAuthority.Issued issued = AUTHORITY.issue(
                    "CN=" + id,
                    "P-256",
                    builder -> builder.addExtension(
                            subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.dNSName, id))));
            files.put("x509/" + file, issued.certificatePem());
            files.put("private/" + file, issued.keyPem());
        });
        return files;
    }
}
