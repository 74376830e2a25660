package org.ikebana.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.ikebana.daemon.text.ConfigurationFolder;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {
    @Test
    void aSubcommandIsTheSameAloneAndAmongAll() {
        Map<String, CommandLine> all = Main.commandLine().getSubcommands();
        assertThat(all).hasSizeGreaterThan(10);
        assertThat(all).allSatisfy((name, subcommand) -> {
            assertThat(subcommand
                            .getCommand()
                            .getClass()
                            .getAnnotation(Command.class)
                            .name())
                    .isEqualTo(name);
            assertThat(Main.commandLine(name).getSubcommands())
                    .hasSize(name.equals("generate-completion") ? all.size() : 1)
                    .extractingByKey(name)
                    .extracting(CommandLine::getUsageMessage)
                    .isEqualTo(subcommand.getUsageMessage());
            assertThat(subcommand.getUsageMessage()).contains("--help");
        });
    }

    @Test
    void whatIsNoSubcommandIsLookedForAmongAll() {
        assertThat(Main.commandLine("deamon").getSubcommands()).containsKeys("daemon", "status");
    }

    @Test
    void theDaemonAsTheServiceManagerStartsItIsReadWithoutPicocli() {
        assertThat(DaemonCommand.plain("daemon")).contains(Path.of(ConfigurationFolder.path()));
        assertThat(DaemonCommand.plain("daemon", "--config", "/etc/ikebana")).contains(Path.of("/etc/ikebana"));
    }

    @Test
    void everythingElsePicocliReads() {
        assertThat(DaemonCommand.plain()).isEmpty();
        assertThat(DaemonCommand.plain("status")).isEmpty();
        assertThat(DaemonCommand.plain("daemon", "--help")).isEmpty();
        assertThat(DaemonCommand.plain("daemon", "--config")).isEmpty();
        assertThat(DaemonCommand.plain("daemon", "--config", "--help")).isEmpty();
        assertThat(DaemonCommand.plain("daemon", "--config", "/etc/ikebana", "--help"))
                .isEmpty();
    }
}
