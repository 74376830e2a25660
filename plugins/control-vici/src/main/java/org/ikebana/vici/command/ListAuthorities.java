package org.ikebana.vici.command;

import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.auth.CertificateIdentities;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.vici.wire.Message;

/** {@code list-authorities}: those that the configuration says something of; by their subjects, as they are known by no other name. */
public final class ListAuthorities implements Command {
    private static final String EVENT = "list-authority";

    private final DaemonControl daemon;

    public ListAuthorities(DaemonControl daemon) {
        this.daemon = daemon;
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
            if (wanted.filter(name -> !name.equals(subject)).isEmpty()) {
                caller.stream(
                        EVENT,
                        Message.with()
                                .section(
                                        subject,
                                        Message.with()
                                                .put("cacert", subject)
                                                .list("crl_uris", authority.lists())
                                                .list("ocsp_uris", authority.responders()))
                                .build());
            }
        }
        return Message.EMPTY;
    }
}
