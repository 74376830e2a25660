package org.ikebana.daemon;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import org.ikebana.config.Configuration;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.crypto.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secret that tokens of quick crash detection are made from (RFC 6290 5.1): made at the first start, and kept for all later
 * ones where nobody else can read it. Whoever knows it can have peers delete their IKE SAs with us.
 */
final class CrashSecretFile {
    static final String NAME = "crash-detection.secret";
    static final int OCTETS = 32;

    private static final Logger LOG = LoggerFactory.getLogger(CrashSecretFile.class);
    private static final Set<PosixFilePermission> OWNERS_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path folder;
    private final Path file;

    CrashSecretFile(Path folder) {
        this.folder = folder;
        this.file = folder.resolve(NAME);
    }

    /** The settings with the secret in them; without it where it cannot be kept, as a warning says. */
    static IkeSettings settings(Configuration configuration) {
        IkeSettings settings = configuration.settings();
        Path folder = configuration.daemon().stateDirectory();
        if (!settings.quickCrashDetection()) {
            return settings;
        }
        try {
            return settings.changed()
                    .crashSecret(new CrashSecretFile(folder).readOrMake(new SecureRandom()))
                    .build();
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn(
                    "{} cannot keep a secret ({}): after a restart peers will only notice by their liveness checks; name"
                            + " another folder in state_dir, or set quick_crash_detection = no",
                    folder,
                    e.toString());
            return settings;
        }
    }

    /** @throws IOException if there is none and none can be kept */
    Secret readOrMake(SecureRandom random) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (Files.exists(file, NOFOLLOW_LINKS)) {
            if (isOurs()) {
                return Secret.wrap(Files.readAllBytes(file));
            }
            LOG.warn(
                    "{} is damaged, or others can read it: it is made anew, and the next restart is the first"
                            + " that peers know of at once",
                    file);
        }
        return make(random);
    }

    private boolean isOurs() throws IOException {
        PosixFileAttributes found = Files.readAttributes(file, PosixFileAttributes.class, NOFOLLOW_LINKS);
        PosixFileAttributes own = Files.readAttributes(folder, PosixFileAttributes.class);
        return found.isRegularFile()
                && found.size() == OCTETS
                && found.owner().equals(own.owner())
                && OWNERS_ONLY.containsAll(found.permissions());
    }

    /** All of it is there, or none: the power may fail at any moment. */
    private Secret make(SecureRandom random) throws IOException {
        byte[] fresh = new byte[OCTETS];
        random.nextBytes(fresh);
        Path written = Files.createTempFile(folder, NAME, "", PosixFilePermissions.asFileAttribute(OWNERS_ONLY));
        try (FileChannel out = FileChannel.open(written, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap(fresh));
            out.force(true);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
        return Secret.wrap(fresh);
    }
}
