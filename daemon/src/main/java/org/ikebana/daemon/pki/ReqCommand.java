package org.ikebana.daemon.pki;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import org.ikebana.daemon.authority.AuthorityException;
import org.ikebana.daemon.authority.Requests;
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

    @Mixin
    private Naming naming = new Naming();

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
        var wish = new Requests.Wish(
                naming.requiredSubject(), naming.altNames(), List.copyOf(naming.purposes()), password);
        try (NewKey.Made made = newKey.make(output, random)) {
            byte[] request = Requests.make(wish, made.keyOr(input), signing.signing(), random)
                    .getEncoded();
            made.write(output);
            output.write("CERTIFICATE REQUEST", request);
        }
        return 0;
    }
}
