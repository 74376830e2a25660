package org.ikebana.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that ends at once, as its configuration has a mistake: how it says so. */
@Timeout(60)
class JournalTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatTheJournalTakesHasAPriorityAndNoTime() throws Exception {
        assertThat(run("JOURNAL_STREAM=$(stat -Lc %d:%i /proc/$$/fd/1)"))
                .containsPattern("(?m)^<3>\\S*swanctl\\.conf:\\d+:\\d+: ");
    }

    @Test
    void anEnvironmentThatIsOfAnotherProcessIsNoReason() throws Exception {
        assertThat(run("JOURNAL_STREAM=1:2"))
                .containsPattern("(?m)^\\d\\d:\\d\\d:\\d\\d\\.\\d{3} ERROR \\S*swanctl\\.conf:\\d+:\\d+: ");
    }

    /** @return what it has printed */
    private String run(String variable) throws Exception {
        Files.writeString(folder.resolve("swanctl.conf"), "connections {\n");
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        variable + " exec \"$0\" -cp \"$1\" org.ikebana.daemon.Main daemon --config \"$2\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        System.getProperty("java.class.path"),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor()).isEqualTo(1);
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(out);
    }
}
