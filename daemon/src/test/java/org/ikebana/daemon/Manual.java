package org.ikebana.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ikebana.config.schema.IkebanaTable;
import org.ikebana.config.schema.ManualPage;
import org.ikebana.config.schema.SectionType;
import org.ikebana.config.schema.SwanctlTable;
import org.ikebana.daemon.text.ConfigurationFolder;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * Writes the manual pages of the command and of the configuration, in AsciiDoc, and the shell's completion: all out of what
 * the program itself works by. The profile {@code manual} makes pages for {@code man} of them.
 */
public final class Manual {
    private Manual() {}

    /** @param arguments the folder to write into */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]));
    }

    static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        CommandLine program = Main.commandLine();
        boolean[] silent = {false, false, false};
        int status = ManPageGenerator.generateManPage(folder.toFile(), null, silent, false, program.getCommandSpec());
        if (status != CommandLine.ExitCode.OK) {
            throw new IOException("the manual pages of the commands cannot be written to " + folder);
        }
        page(folder, "ikebana.conf", "settings of the ikebana daemon", IkebanaTable.ROOT);
        page(folder, "ikebana-swanctl.conf", "connections and secrets of the ikebana daemon", SwanctlTable.ROOT);
        Files.writeString(folder.resolve("ikebana.bash"), AutoComplete.bash("ikebana", program));
    }

    /** All that are to be seen. */
    static Stream<CommandLine> commands(CommandLine command) {
        List<CommandLine> further = command.getSubcommands().values().stream()
                .distinct()
                .filter(sub -> !sub.getCommandSpec().usageMessage().hidden())
                .toList();
        return Stream.concat(Stream.of(command), further.stream().flatMap(Manual::commands));
    }

    private static void page(Path folder, String name, String purpose, SectionType root) throws IOException {
        Files.writeString(
                folder.resolve(name + ".adoc"),
                ManualPage.of(name, purpose, ConfigurationFolder.path() + "/" + root.meaning(), root));
    }
}
