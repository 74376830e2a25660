package org.ikebana.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.ikebana.ike.crypto.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The secret of RFC 6290 5.1 outlives the daemon, and nobody else reads it. */
class CrashSecretFileTest {
    @TempDir
    private Path root;

    @Test
    void theSameAtEveryStart() throws Exception {
        Secret first = start();

        assertThat(first.length()).isEqualTo(32);
        assertThat(start()).isEqualTo(first);
        assertThat(start()).isEqualTo(first);
    }

    @Test
    void anotherOneForEachMachine() throws Exception {
        assertThat(start()).isNotEqualTo(new CrashSecretFile(root.resolve("other")).readOrMake(new SecureRandom()));
    }

    @Test
    void nobodyElseMayReadIt() throws Exception {
        start();

        assertThat(permissions(folder())).isEqualTo("rwx------");
        assertThat(permissions(file())).isEqualTo("rw-------");
        try (var files = Files.list(folder())) {
            assertThat(files).containsExactly(file());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
    void whatOthersCouldReadIsMadeAnew(String permissions) throws Exception {
        Secret known = start();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(permissions));

        Secret fresh = start();
        assertThat(fresh).isNotEqualTo(known);
        assertThat(permissions(file())).isEqualTo("rw-------");
        assertThat(start()).isEqualTo(fresh);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void ofAnotherLengthItIsDamaged(int length) throws Exception {
        start();
        Files.write(file(), new byte[length]);

        Secret fresh = start();
        assertThat(fresh.length()).isEqualTo(32);
        assertThat(start()).isEqualTo(fresh);
    }

    @Test
    void aLinkIsReplacedAndWhatItLeadsToLeftAlone() throws Exception {
        Path elsewhere = Files.write(root.resolve("elsewhere"), new byte[32]);
        Files.createDirectories(folder());
        Files.createSymbolicLink(file(), elsewhere);

        Secret fresh = start();
        assertThat(fresh).isNotEqualTo(Secret.wrap(new byte[32]));
        assertThat(Files.isSymbolicLink(file())).isFalse();
        assertThat(Files.readAllBytes(elsewhere)).isEqualTo(new byte[32]);
    }

    @Test
    void whereNoFolderCanBeThereIsNoSecret() throws Exception {
        Files.writeString(folder(), "a file");

        assertThatThrownBy(this::start).isInstanceOf(IOException.class);
    }

    private Secret start() throws IOException {
        return new CrashSecretFile(folder()).readOrMake(new SecureRandom());
    }

    private Path folder() {
        return root.resolve("state");
    }

    private Path file() {
        return folder().resolve(CrashSecretFile.NAME);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
