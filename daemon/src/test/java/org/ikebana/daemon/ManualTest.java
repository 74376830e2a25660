package org.ikebana.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ManualTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyCommandHasAPageWithAllItsOptions() throws Exception {
        Manual.write(folder);

        assertThat(Manual.commands(Main.commandLine())).allSatisfy(command -> {
            String page = Files.readString(folder.resolve(name(command) + ".adoc"));
            assertThat(page).contains("== Synopsis");
            for (OptionSpec option : command.getCommandSpec().options()) {
                assertThat(page).contains(option.longestName());
            }
        });
    }

    @Test
    void everyCommandSaysInOneLineWhatItIsFor() {
        assertThat(Manual.commands(Main.commandLine()))
                .allSatisfy(command -> assertThat(
                                command.getCommandSpec().usageMessage().description())
                        .as(name(command))
                        .isNotEmpty());
    }

    @Test
    void theShellCompletesTheSubcommands() throws Exception {
        Manual.write(folder);

        assertThat(folder.resolve("ikebana.bash")).content().contains("explain-traffic", "--watch");
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName("-");
    }
}
