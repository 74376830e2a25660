package org.ikebana.daemon.pki;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ikebana.daemon.authority.AuthorityException;
import org.ikebana.daemon.authority.Verification;
import org.ikebana.ike.x509.Certificate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ikebana pki verify}. */
@Command(
        name = "verify",
        aliases = "--verify",
        description = "Says whether a certificate is good now: its path to a CA, and whether a revocation list has it.",
        footer = {
            "",
            "Example: ikebana pki verify --in a.pem --cacert ca.pem --crl ca.crl",
            "Exit status: 0 it is good, 1 it is not, 2 wrong usage."
        })
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Input input = new Input();

    @Option(
            names = {"--cacert", "-c"},
            paramLabel = "FILE",
            description = "Certificates of CAs, of which those that signed themselves are trusted; may be given several"
                    + " times.")
    private List<Path> authorities = new ArrayList<>();

    @Option(
            names = {"--crl", "-l"},
            paramLabel = "FILE",
            description = "A revocation list; may be given several times.")
    private List<Path> lists = new ArrayList<>();

    @Override
    public Integer call() throws AuthorityException, IOException {
        List<Certificate> given = input.read().certificates();
        List<Certificate> known = new ArrayList<>();
        for (Path file : authorities) {
            known.addAll(InputFile.read(Optional.of(file)).certificates());
        }
        List<byte[]> encoded = new ArrayList<>();
        for (Path file : lists) {
            encoded.add(InputFile.read(Optional.of(file)).revocationList().getEncoded());
        }
        var verification = new Verification(Instant.now());
        Optional<String> fault = verification.fault(given.getFirst(), known, encoded);
        PrintWriter out = spec.commandLine().getOut();
        verification.findings().forEach(out::println);
        out.println(
                fault.isPresent()
                        ? "the certificate is NOT good: " + fault.get()
                        : "the certificate of " + given.getFirst() + " is good");
        out.flush();
        return fault.isPresent() ? 1 : 0;
    }
}
