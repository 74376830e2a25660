package org.ikebana.bench.handshake;

import static org.bouncycastle.asn1.x509.Extension.subjectAlternativeName;

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

    private static final String SECRET = "a shared key for the bench";
    private static final String INITIATOR_ID = "initiator.example";
    private static final String RESPONDER_ID = "responder.example";
    private static final TestAuthority AUTHORITY = TestAuthority.root("CN=bench");

    /** How both prove who they are. */
    enum Auth {
        PSK,
        /** A certificate on P-256, issued by a root that both have. */
        ECDSA
    }

    static List<Scenario> all(int sas) {
        Installation debians = Installation.OF_THIS_MACHINE;
        String suite = "aes256gcm16-prfsha256-";
        return List.of(
                new Scenario("PSK, x25519", Auth.PSK, suite + "x25519", debians, sas),
                new Scenario("PSK, ecp256", Auth.PSK, suite + "ecp256", debians, sas),
                new Scenario("PSK, modp2048", Auth.PSK, suite + "modp2048", debians, Math.max(1, sas / 4)),
                new Scenario("ECDSA, x25519", Auth.ECDSA, suite + "x25519", debians, sas),
                new Scenario(
                        "PSK, x25519+mlkem768", Auth.PSK, suite + "x25519-ke1_mlkem768", Installation.newer(), sas));
    }

    /** The configuration of the end that waits to be called, by file name. Both daemons read the same. */
    Map<String, String> responder() {
        return files(RESPONDER_ADDRESS, RESPONDER_ID, RESPONDER_NET, INITIATOR_ADDRESS, INITIATOR_ID, INITIATOR_NET);
    }

    Map<String, String> initiator() {
        return files(INITIATOR_ADDRESS, INITIATOR_ID, INITIATOR_NET, RESPONDER_ADDRESS, RESPONDER_ID, RESPONDER_NET);
    }

    private Map<String, String> files(
            String local, String localId, String localNet, String remote, String remoteId, String remoteNet) {
        String word = auth == Auth.PSK ? "psk" : "pubkey";
        String conf = """
                connections {
                  bench {
                    version = 2
                    local_addrs = %s
                    remote_addrs = %s
                    proposals = %s
                    unique = never
                    mobike = no
                    rekey_time = 0
                    local { auth = %s
                      id = %s }
                    remote { auth = %s
                      id = %s }
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
                """.formatted(local, remote, ike, word, localId, word, remoteId, localNet, remoteNet);
        if (auth == Auth.PSK) {
            return Map.of("swanctl.conf", conf + "secrets { ike-bench { secret = \"%s\" } }\n".formatted(SECRET));
        }
        TestAuthority.Issued own = AUTHORITY.issue(
                "CN=" + localId,
                "P-256",
                builder -> builder.addExtension(
                        subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, localId))));
        return Map.of(
                "swanctl.conf",
                conf,
                "x509/own.pem",
                own.certificatePem(),
                "private/own.pem",
                own.keyPem(),
                "x509ca/ca.pem",
                TestAuthority.pem("CERTIFICATE", AUTHORITY.certificate().encoded()));
    }
}
