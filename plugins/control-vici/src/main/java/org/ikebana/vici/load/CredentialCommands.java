package org.ikebana.vici.load;

import java.util.List;
import java.util.Optional;
import org.ikebana.config.ConfigException;
import org.ikebana.config.LoadedCredentials;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.Octets;
import org.ikebana.vici.command.Answer;
import org.ikebana.vici.command.Command;
import org.ikebana.vici.command.SimpleCommand;
import org.ikebana.vici.wire.Message;

/** Certificates, private keys and shared secrets that come one by one, and go. */
public record CredentialCommands(Loaded loaded) {
    public List<Command> commands() {
        return List.of(
                changing("load-cert", this::loadCertificate),
                changing("load-key", this::loadKey),
                changing("load-token", this::loadToken),
                changing("load-shared", this::loadShared),
                changing("unload-key", request -> {
                    credentials().unloadKey(request.text("id").orElse(""));
                    return Answer.success();
                }),
                changing("unload-shared", request -> {
                    credentials().unloadShared(request.text("id").orElse(""));
                    return Answer.success();
                }),
                changing("clear-creds", request -> {
                    credentials().clear();
                    return Answer.success();
                }),
                SimpleCommand.of(
                        "get-keys",
                        request -> Message.with()
                                .list("keys", credentials().keyIds())
                                .build()),
                SimpleCommand.of(
                        "get-shared",
                        request -> Message.with()
                                .list("keys", credentials().sharedIds())
                                .build()));
    }

    /** What changes credentials. */
    private interface Change {
        Message make(Message request) throws ConfigException;
    }

    private Command changing(String name, Change change) {
        return SimpleCommand.of(name, request -> {
            try {
                Message answer = change.make(request);
                loaded.putCredentialsIntoEffect();
                return answer;
            } catch (ConfigException e) {
                return Loaded.refusal(e);
            }
        });
    }

    private Message loadCertificate(Message request) throws ConfigException {
        credentials()
                .loadCertificate(
                        request.text("type").orElse(""),
                        request.text("flag").orElse(""),
                        request.octets("data").map(Octets::copyOf).orElse(Octets.EMPTY));
        return Answer.success();
    }

    private Message loadKey(Message request) throws ConfigException {
        try (Secret encoded = secret(request, "data")) {
            return withId(credentials().loadKey(encoded));
        }
    }

    private Message loadToken(Message request) throws ConfigException {
        Optional<Secret> pin = request.octets("pin").map(Secret::copyOf);
        try {
            return withId(credentials()
                    .loadToken(request.text("handle").orElse(""), request.text("slot"), request.text("module"), pin));
        } finally {
            pin.ifPresent(Secret::close);
        }
    }

    private Message loadShared(Message request) throws ConfigException {
        credentials()
                .loadShared(
                        request.text("id"),
                        request.text("type").orElse(""),
                        request.list("owners"),
                        secret(request, "data"));
        return Answer.success();
    }

    private static Secret secret(Message request, String key) {
        return Secret.copyOf(request.octets(key).orElse(new byte[0]));
    }

    private static Message withId(String id) {
        return Message.with().put("success", "yes").put("id", id).build();
    }

    private LoadedCredentials credentials() {
        return loaded.credentials();
    }
}
