package org.ikebana.daemon.pki;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bouncycastle.asn1.x509.GeneralName;
import org.ikebana.daemon.authority.AuthorityException;
import org.ikebana.daemon.authority.Names;
import org.ikebana.daemon.authority.Purpose;
import org.ikebana.daemon.authority.Requests;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.crypto.SoftwareKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ikebana pki req}. */
@Command(
        name = "req",
        aliases = "--req",
        description = "Makes a request for a certificate (PKCS #10), to be sent to a CA; the key stays here.",
        footer = {
            "",
            "Example: ikebana pki req --newkey a.key --dn \"O=Example, CN=a.example.org\" --san a.example.org --out a.req"
        })
final class ReqCommand implements Callable<Integer> {
    @Mixin
    private Input input = new Input();

    @Mixin
    private NewKey newKey = new NewKey();

    @Option(
            names = {"--dn", "-d"},
            required = true,
            paramLabel = "DN",
            description = "Distinguished name of the subject, as \"C=CH, O=Org, CN=sun\".")
    private String subject = "";

    @Option(
            names = {"--san", "-a"},
            paramLabel = "NAME",
            description = "subjectAltName: a domain name, user@domain or an address; may be given several times.")
    private List<String> altNames = new ArrayList<>();

    @Option(
            names = {"--flag", "-e"},
            paramLabel = "FLAG",
            description = "What it is for, as with issue; may be given several times.")
    private List<String> flags = new ArrayList<>();

    @Option(
            names = {"--password", "-p"},
            paramLabel = "TEXT",
            description = "Challenge password, which the CA will ask for before it revokes the certificate.")
    private String password = "";

    @Mixin
    private SigningOptions signing = new SigningOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws AuthorityException, IOException {
        var random = new SecureRandom();
        List<GeneralName> names = new ArrayList<>();
        for (String text : altNames) {
            names.add(Names.altName(text));
        }
        List<Purpose> purposes = new ArrayList<>();
        for (String flag : flags) {
            purposes.add(Purpose.of(flag));
        }
        var wish = new Requests.Wish(Names.subject(subject), names, purposes, password);
        Optional<Secret> made = newKey.make(output, random);
        SoftwareKey key =
                made.isPresent() ? NewKey.decode(made.get()) : input.read().privateKey();
        byte[] request = Requests.make(wish, key, signing.signing(), random).getEncoded();
        if (made.isPresent()) {
            newKey.write(made.get(), output);
            made.get().close();
        }
        output.write("CERTIFICATE REQUEST", request);
        return 0;
    }
}
