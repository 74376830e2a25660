package org.ikebana.daemon.pki;

import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.ikebana.daemon.authority.AuthorityException;
import org.ikebana.daemon.authority.Issuer;
import org.ikebana.daemon.authority.Purpose;
import org.ikebana.daemon.authority.Requests;
import org.ikebana.daemon.authority.Validity;
import org.ikebana.ike.crypto.SoftwareKey;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.x509.Certificate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ikebana pki issue}. */
@Command(
        name = "issue",
        aliases = "--issue",
        description = {
            "Makes a certificate that a CA signs, for the key in the input: a private or public key, or a request (PKCS #10).",
            "Of a request its names and purposes are taken, unless others are given."
        },
        footer = {
            "",
            "Example: ikebana pki issue --cakey ca.key --cacert ca.pem --newkey a.key --dn \"CN=a.example.org\" \\",
            "    --san a.example.org --out a.pem"
        })
final class IssueCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Input input = new Input();

    @Mixin
    private NewKey newKey = new NewKey();

    @Mixin
    private IssuerOptions issuer = new IssuerOptions();

    @Mixin
    private Content content = new Content();

    @Option(
            names = {"--crl", "-u"},
            paramLabel = "URI",
            description = "Revocation list of its CA; may be given several times.")
    private List<String> crlUris = new ArrayList<>();

    @Mixin
    private Output output = new Output();

    /** Whom the certificate is for. */
    private record Subject(X500Name name, List<GeneralName> altNames, Set<Purpose> purposes, VerifyingKey key) {}

    @Override
    public Integer call() throws AuthorityException, IOException {
        var random = new SecureRandom();
        Certificate authority = issuer.certificate();
        Issuer signer = issuer.issuer(authority, random);
        try (NewKey.Made made = newKey.make(output, random)) {
            Optional<SoftwareKey> key = made.key();
            Subject subject =
                    key.isPresent() ? subject(Optional.empty(), key.get().publicKey()) : given(input.read());
            Validity validity = validity(authority);
            byte[] certificate = signer.issue(
                            content.certificate(
                                    subject.name(), subject.altNames(), subject.purposes(), validity, crlUris),
                            subject.key())
                    .getEncoded();
            made.write(output);
            output.write("CERTIFICATE", certificate);
        }
        return 0;
    }

    private Subject given(InputFile file) throws AuthorityException {
        Optional<PKCS10CertificationRequest> request = file.request();
        return subject(request, request.isPresent() ? Requests.publicKey(request.get()) : file.publicKey());
    }

    private Subject subject(Optional<PKCS10CertificationRequest> request, VerifyingKey key) throws AuthorityException {
        X500Name asked = request.map(PKCS10CertificationRequest::getSubject).orElse(new X500NameBuilder().build());
        List<GeneralName> names = content.naming().altNames();
        Set<Purpose> purposes = content.naming().purposes();
        return new Subject(
                content.naming().subject().orElse(asked),
                names.isEmpty() ? request.map(Requests::altNames).orElse(List.of()) : names,
                purposes.isEmpty() ? purposes(request) : purposes,
                key);
    }

    private static Set<Purpose> purposes(Optional<PKCS10CertificationRequest> request) {
        Set<Purpose> purposes = EnumSet.noneOf(Purpose.class);
        request.ifPresent(asked -> purposes.addAll(Requests.purposes(asked)));
        return purposes;
    }

    private Validity validity(Certificate authority) throws AuthorityException {
        Validity asked = content.validity(Instant.now());
        if (!content.isEndGiven()) {
            return asked.atMostUntil(authority.notAfter());
        }
        if (asked.end().isAfter(authority.notAfter())) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("warning: it outlives its CA, which ends on " + authority.notAfter()
                    + "; nobody will accept it after that");
            err.flush();
        }
        return asked;
    }
}
