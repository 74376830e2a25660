package org.ikebana.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
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
}
