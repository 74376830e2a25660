package org.ikebana.vici.command;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.ikebana.ike.auth.CertificateIdentities;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.vici.wire.Message;

/** {@code list-authorities}: by the names that they were loaded by; those of files by their subjects. */
public final class ListAuthorities implements Command {
    private static final String EVENT = "list-authority";

    private final DaemonControl daemon;
    private final Supplier<Map<String, StatusSources.AuthorityUris>> loaded;

    /** @param loaded by clients, by name */
    public ListAuthorities(DaemonControl daemon, Supplier<Map<String, StatusSources.AuthorityUris>> loaded) {
        this.daemon = daemon;
        this.loaded = loaded;
    }

    @Override
    public String name() {
        return "list-authorities";
    }

    @Override
    public Set<String> events() {
        return Set.of(EVENT);
    }

    @Override
    public Message run(Message request, Caller caller) throws InterruptedException {
        Optional<String> wanted = request.text("name");
        for (StatusSources.AuthorityUris authority :
                daemon.credentials().statusSources().authorities()) {
            String subject =
                    CertificateIdentities.of(authority.authority()).getFirst().toString();
            String name = name(authority).orElse(subject);
            if (wanted.filter(other -> !other.equals(name)).isEmpty()) {
                caller.stream(
                        EVENT,
                        Message.with()
                                .section(
                                        name,
                                        Message.with()
                                                .put("cacert", subject)
                                                .list("crl_uris", authority.lists())
                                                .list("ocsp_uris", authority.responders()))
                                .build());
            }
        }
        return Message.EMPTY;
    }

    private Optional<String> name(StatusSources.AuthorityUris authority) {
        return loaded.get().entrySet().stream()
                .filter(entry -> entry.getValue().equals(authority))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
