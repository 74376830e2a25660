package org.ikebana.daemon.pki;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.ikebana.daemon.authority.AuthorityException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where a command writes, and in what form. */
final class Output {
    private static final String BEGIN = "-----BEGIN %s-----\n%s\n-----END %s-----\n";
    private static final int PEM_LINE = 64;

    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"--outform", "-f"},
            paramLabel = "pem|der",
            defaultValue = "pem",
            description = "Form of the output (default: ${DEFAULT-VALUE}).")
    private Form form = Form.pem;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "File to write; one with a key can be read by its owner alone (default: standard output).")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--force", description = "Overwrite files that are there.")
    private boolean force;

    /** The words of {@code --outform}. */
    enum Form {
        pem,
        der
    }

    void write(String type, byte[] der) throws AuthorityException {
        write(file, type, der, "rw-r--r--");
    }

    void writePrivateKey(byte[] der) throws AuthorityException {
        write(file, "PRIVATE KEY", der, "rw-------");
    }

    /** Into a file of its own beside what the command makes. */
    void writePrivateKey(Path other, byte[] der) throws AuthorityException {
        write(Optional.of(other), "PRIVATE KEY", der, "rw-------");
    }

    /** Before anything is made, so that a key is not left alone where its certificate cannot be written. */
    void requireFree() throws AuthorityException {
        if (file.isPresent()) {
            requireFree(file.get());
        }
    }

    void requireFree(Path path) throws AuthorityException {
        if (!force && Files.exists(path)) {
            throw exists(path);
        }
    }

    private void write(Optional<Path> to, String type, byte[] der, String permissions) throws AuthorityException {
        byte[] text = form == Form.der ? der : pem(type, der);
        if (to.isPresent()) {
            write(to.get(), text, PosixFilePermissions.fromString(permissions));
        } else if (form == Form.der) {
            System.out.write(text, 0, text.length);
            System.out.flush();
        } else {
            spec.commandLine().getOut().print(new String(text, StandardCharsets.US_ASCII));
            spec.commandLine().getOut().flush();
        }
    }

    /** All of it is there, or none; and never was more readable than it is in the end. */
    private void write(Path to, byte[] octets, Set<PosixFilePermission> permissions) throws AuthorityException {
        requireFree(to);
        Path folder = to.toAbsolutePath().getParent();
        FileAttribute<Set<PosixFilePermission>> mode = PosixFilePermissions.asFileAttribute(permissions);
        try {
            Path written = Files.createTempFile(folder, ".", ".new", mode);
            try (FileChannel out = FileChannel.open(written, StandardOpenOption.WRITE)) {
                out.write(ByteBuffer.wrap(octets));
                out.force(true);
                Files.setPosixFilePermissions(written, permissions);
                if (force) {
                    Files.move(written, to, StandardCopyOption.ATOMIC_MOVE);
                } else {
                    Files.createLink(to, written); // unlike a move, it refuses to overwrite
                }
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (FileAlreadyExistsException e) {
            throw exists(to);
        } catch (NoSuchFileException e) {
            throw new AuthorityException(to + ": there is no folder for it; make it first: mkdir -p " + folder);
        } catch (AccessDeniedException e) {
            throw new AuthorityException(to + ": permission is denied; write into a folder of your own");
        } catch (IOException e) {
            throw new AuthorityException(to + ": it cannot be written: " + e.getMessage());
        }
    }

    private static AuthorityException exists(Path path) {
        return new AuthorityException(
                path + ": there is such a file already; write another one, or overwrite it with --force");
    }

    /** RFC 7468. */
    private static byte[] pem(String type, byte[] der) {
        String base64 = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(der);
        return BEGIN.formatted(type, base64, type).getBytes(StandardCharsets.US_ASCII);
    }
}
