package org.ikebana.vici.load;

import java.util.List;
import org.ikebana.config.ConfigException;
import org.ikebana.config.MessageLoader;
import org.ikebana.ike.auth.StatusSources.AuthorityUris;
import org.ikebana.vici.command.Answer;
import org.ikebana.vici.command.Command;
import org.ikebana.vici.command.SimpleCommand;
import org.ikebana.vici.wire.Element;
import org.ikebana.vici.wire.Message;

/** {@code load-authority}, {@code get-authorities}, {@code unload-authority}. */
public record AuthorityCommands(Loaded loaded) {
    public List<Command> commands() {
        return List.of(
                SimpleCommand.of("load-authority", this::load),
                SimpleCommand.of(
                        "get-authorities",
                        request -> Message.with()
                                .list(
                                        "authorities",
                                        loaded.authorities().keySet().stream()
                                                .sorted()
                                                .toList())
                                .build()),
                SimpleCommand.of("unload-authority", this::unload));
    }

    private Message load(Message request) {
        List<Element.Section> sections = request.sections();
        if (sections.size() != 1) {
            return Answer.failure("load-authority: one CA is to be sent, in a section with its name");
        }
        Element.Section section = sections.getFirst();
        try {
            MessageLoader.Loaded<AuthorityUris> read = loaded.loader().authority(Elements.section(section));
            Loaded.warn(read.warnings());
            loaded.credentials().loadAuthority(section.name(), read.value());
            loaded.putCredentialsIntoEffect();
            return Answer.success();
        } catch (ConfigException e) {
            return Loaded.refusal(e);
        }
    }

    private Message unload(Message request) {
        try {
            loaded.credentials().unloadAuthority(request.text("name").orElse(""));
            loaded.putCredentialsIntoEffect();
            return Answer.success();
        } catch (ConfigException e) {
            return Loaded.refusal(e);
        }
    }
}
