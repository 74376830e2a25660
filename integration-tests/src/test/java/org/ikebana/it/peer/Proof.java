package org.ikebana.it.peer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestAuthority.Issued;

/**
 * How one end of a {@link NamedConnection} proves who it is.
 *
 * @param local what its section {@code local} has besides the identity
 * @param remote what the other end's section {@code remote} asks of it
 * @param own its files, by their paths below the folder of the configuration
 * @param known the files that the other end has for it
 */
public record Proof(String local, String remote, Map<String, String> own, Map<String, String> known) {
    public Proof {
        own = Map.copyOf(own);
        known = Map.copyOf(known);
    }

    /** With the secret that {@link NamedConnection} gives to both ends. */
    public static Proof psk() {
        return new Proof("auth = psk", "auth = psk", Map.of(), Map.of());
    }

    /** @param certificates with their keys; of several the other end's CERTREQ chooses one */
    public static Proof certificate(String auth, Issued... certificates) {
        Map<String, String> files = new LinkedHashMap<>();
        for (Issued each : certificates) {
            files.put("x509/" + file(each), each.certificatePem());
            files.put("private/" + file(each), each.keyPem());
        }
        String names = String.join(
                ", ", List.of(certificates).stream().map(Proof::file).toList());
        return new Proof("auth = " + auth + "\ncerts = " + names, "auth = " + auth, files, Map.of());
    }

    /** A key without a certificate, whose public half both ends name. */
    public static Proof rawKey(Issued pair) {
        return rawKey(pair, pair);
    }

    /** @param expected the key that the other end takes for it */
    public static Proof rawKey(Issued pair, Issued expected) {
        return new Proof(
                "auth = pubkey\npubkeys = " + file(pair),
                "auth = pubkey\npubkeys = " + file(expected),
                Map.of("pubkey/" + file(pair), publicKey(pair), "private/" + file(pair), pair.keyPem()),
                Map.of("pubkey/" + file(expected), publicKey(expected)));
    }

    /** With the certificate of a CA at this end. */
    public Proof holding(TestAuthority authority) {
        return new Proof(local, remote, with(own, authority), known);
    }

    /** With the certificate of a CA at the other end. */
    public Proof trustedBy(TestAuthority authority) {
        return new Proof(local, remote, own, with(known, authority));
    }

    /** With a further line in the other end's section {@code remote}. */
    public Proof asking(String line) {
        return new Proof(local, remote + "\n" + line, own, known);
    }

    /** The name of the certificate's file in {@code x509ca}. */
    public static String file(TestAuthority authority) {
        return "ca" + authority.certificate().serialNumber() + ".pem";
    }

    private static Map<String, String> with(Map<String, String> files, TestAuthority authority) {
        Map<String, String> more = new LinkedHashMap<>(files);
        more.put(
                "x509ca/" + file(authority),
                TestAuthority.pem("CERTIFICATE", authority.certificate().encoded()));
        return more;
    }

    private static String file(Issued pair) {
        return "own" + pair.certificate().serialNumber() + ".pem";
    }

    private static String publicKey(Issued pair) {
        return TestAuthority.pem("PUBLIC KEY", pair.certificate().publicKey().encoded());
    }
}
