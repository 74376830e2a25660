package org.ikebana.daemon.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A new folder that Wireshark takes as its configuration, with its table of the keys of IKE SAs. Its owner alone can read it. There
 * is no block of pcapng for such keys.
 */
public final class DecryptionTable implements Closeable {
    /** As Wireshark names it. */
    private static final String NAME = "ikev2_decryption_table";

    private final OutputStream out;

    private DecryptionTable(OutputStream out) {
        this.out = out;
    }

    /** @throws IOException if there is such a folder, or it cannot be made */
    public static DecryptionTable create(Path folder) throws IOException {
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return new DecryptionTable(Channels.newOutputStream(Files.newByteChannel(
                folder.resolve(NAME),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))));
    }

    /** One that has come to nothing. */
    public static void delete(Path folder) throws IOException {
        Files.delete(folder.resolve(NAME));
        Files.delete(folder);
    }

    /** @param line as Wireshark writes it: SPIs, SK_ei, SK_er, encryption, SK_ai, SK_ar, integrity */
    public void add(String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
