package org.ikebana.it.peer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestAuthority.Issued;
import org.ikebana.it.net.Site;

/**
 * The folder of a {@code swanctl.conf} like {@link SwanctlConf}'s, with certificates instead of the key.
 *
 * @param own this end's certificate and key
 * @param authorities what lies in {@code x509ca}
 * @param auth of both ends
 */
public record CertifiedConf(SwanctlConf conf, Issued own, List<TestAuthority> authorities, String auth) {
    public Site local() {
        return conf.local();
    }

    /** The texts of the files by their names. */
    public Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("swanctl.conf", text());
        files.put("x509/own.pem", own.certificatePem());
        files.put("private/own.pem", own.keyPem());
        for (TestAuthority authority : authorities) {
            files.put(
                    "x509ca/ca" + authorities.indexOf(authority) + ".pem",
                    TestAuthority.pem("CERTIFICATE", authority.certificate().encoded()));
        }
        return files;
    }

    /** Names the certificate where the other one has nothing but the identity. */
    public String text() {
        String shared = conf.text();
        return shared.substring(0, shared.indexOf("secrets {"))
                .replaceFirst("auth = psk", "auth = " + auth + "\n      certs = own.pem")
                .replaceFirst("auth = psk", "auth = " + auth);
    }
}
