package org.ikebana.daemon.pki;

import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.ikebana.daemon.authority.AuthorityException;
import org.ikebana.ike.crypto.KeyIdentifiers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ikebana pki keyid}. */
@Command(
        name = "keyid",
        aliases = "--keyid",
        description = "Says what the key of a private or public key, a certificate or a request is named by.",
        footer = {"", "Example: ikebana pki keyid --in a.pem"})
final class KeyIdCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Input input = new Input();

    @Option(
            names = {"--id", "-I"},
            paramLabel = "all|spk|spki",
            defaultValue = "all",
            description =
                    "spk: of the key itself, as certificates have it; spki: of the key with its algorithm, as keyid:"
                            + " identities have it (default: ${DEFAULT-VALUE}).")
    private Which which = Which.all;

    @Option(
            names = {"--format", "-f"},
            paramLabel = "pretty|hex",
            defaultValue = "pretty",
            description = "hex: without words and colons (default: ${DEFAULT-VALUE}).")
    private Form form = Form.pretty;

    /** The words of {@code --id}. */
    enum Which {
        all,
        spk,
        spki
    }

    /** The words of {@code --format}. */
    enum Form {
        pretty,
        hex
    }

    @Override
    public Integer call() throws AuthorityException {
        KeyIdentifiers identifiers = KeyIdentifiers.of(input.read().publicKey());
        if (which != Which.spki) {
            print("subjkey (SHA-1 of subjectPublicKey):", identifiers.ofKey());
        }
        if (which != Which.spk) {
            print("keyid (SHA-1 of subjectPublicKeyInfo):", identifiers.ofInfo());
        }
        return 0;
    }

    private void print(String words, byte[] identifier) {
        PrintWriter out = spec.commandLine().getOut();
        if (form == Form.hex) {
            out.println(HexFormat.of().formatHex(identifier));
        } else {
            out.println(words);
            out.println("             " + HexFormat.ofDelimiter(":").formatHex(identifier));
        }
        out.flush();
    }
}
