package org.ikebana.daemon.pki;

import java.nio.file.Path;
import java.util.Optional;
import org.ikebana.daemon.authority.AuthorityException;
import picocli.CommandLine.Option;

/** Where a command reads. */
final class Input {
    @Option(
            names = {"--in", "-i"},
            paramLabel = "FILE",
            description = "File to read, in PEM or DER (default: standard input).")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = {"--type", "-t"},
            paramLabel = "TYPE",
            description = "Not needed: what a file holds shows in the file.")
    private Optional<String> type = Optional.empty();

    InputFile read() throws AuthorityException {
        return InputFile.read(file);
    }

    boolean isGiven() {
        return file.isPresent() || type.isPresent();
    }
}
