package org.ikebana.config.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who can get at a private key. */
class DiskFilesTest {
    @TempDir
    private Path folder;

    @Test
    void aFileForItsOwnerAloneIsNotExposed() throws Exception {
        assertThat(ConfigFiles.DISK.exposure(file("rw-------"))).isEmpty();
    }

    @Test
    void othersMayReadIt() throws Exception {
        assertThat(ConfigFiles.DISK.exposure(file("rw-r-----")).orElseThrow().problem())
                .isEqualTo("others than its owner have access to it (mode 0640)");
    }

    /** It went between being listed and being looked at, or lies where it cannot be looked at: nobody knows who could read it. */
    @Test
    void whatCannotBeLookedAtCountsAsExposed() {
        assertThat(ConfigFiles.DISK
                        .exposure(folder.resolve("none.pem"))
                        .orElseThrow()
                        .problem())
                .startsWith("its owner and its mode cannot be read (");
    }

    private Path file(String permissions) throws Exception {
        Path file = folder.resolve("key.pem");
        Files.createFile(file);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
