package org.ikebana.daemon.pki;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CRLHolder;
import org.ikebana.daemon.authority.AuthorityException;
import org.ikebana.ike.x509.Certificate;
import picocli.CommandLine;

/** {@code ikebana pki} in a folder. */
final class PkiRun {
    private final Path folder;

    PkiRun(Path folder) {
        this.folder = folder;
    }

    record Outcome(int status, String out, String err) {}

    /** Words are separated by spaces; an underscore is a space in a word, {@code @x} the file x of the folder. */
    Outcome run(String words) {
        List<String> arguments = new ArrayList<>();
        for (String word : words.split(" +")) {
            String argument = word.replace('_', ' ');
            arguments.add(
                    argument.startsWith("@")
                            ? folder.resolve(argument.substring(1)).toString()
                            : argument);
        }
        var out = new StringWriter();
        var err = new StringWriter();
        CommandLine line =
                new CommandLine(new PkiCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        PkiCommand.explainFailures(line);
        int status = line.execute(arguments.toArray(String[]::new));
        return new Outcome(status, out.toString(), err.toString());
    }

    /** What it printed. */
    String succeed(String words) {
        Outcome outcome = run(words);
        if (outcome.status() != 0) {
            throw new AssertionError(words + " failed: " + outcome);
        }
        return outcome.out();
    }

    /** The line on standard error. */
    String fail(String words) {
        Outcome outcome = run(words);
        if (outcome.status() != 1 || !outcome.out().isEmpty()) {
            throw new AssertionError(words + " did not fail: " + outcome);
        }
        return outcome.err().strip();
    }

    Certificate certificate(String name) throws AuthorityException {
        return file(name).certificate();
    }

    X509CRLHolder revocationList(String name) throws AuthorityException {
        return file(name).revocationList();
    }

    InputFile file(String name) throws AuthorityException {
        return InputFile.read(java.util.Optional.of(folder.resolve(name)));
    }
}
