package org.ikebana.daemon.pki;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.ikebana.daemon.authority.AuthorityException;
import org.ikebana.daemon.authority.CertificateContent;
import org.ikebana.daemon.authority.Issuer;
import org.ikebana.ike.crypto.SoftwareKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ikebana pki self}. */
@Command(
        name = "self",
        aliases = "--self",
        description = "Makes a certificate that is signed by its own key: with --ca that of a CA.",
        footer = {
            "",
            "Example: ikebana pki self --ca --newkey ca.key --dn \"O=Example, CN=Example CA\" --lifetime 3650 --out ca.pem"
        })
final class SelfCommand implements Callable<Integer> {
    @Mixin
    private Input input = new Input();

    @Mixin
    private NewKey newKey = new NewKey();

    @Mixin
    private Content content = new Content();

    @Mixin
    private SigningOptions signing = new SigningOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws AuthorityException, IOException {
        var random = new SecureRandom();
        X500Name subject = content.naming().requiredSubject();
        CertificateContent wanted = content.certificate(
                subject,
                content.naming().altNames(),
                content.naming().purposes(),
                content.validity(Instant.now()),
                List.of());
        try (NewKey.Made made = newKey.make(output, random)) {
            SoftwareKey key = made.keyOr(input);
            X509CertificateHolder certificate =
                    Issuer.itself(subject, key, signing.signing(), random).issue(wanted, key.publicKey());
            made.write(output);
            output.write("CERTIFICATE", certificate.getEncoded());
        }
        return 0;
    }
}
