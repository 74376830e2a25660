package org.ikebana.vici.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.auth.CertificateIdentities;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.IdentitySyntaxException;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.vici.wire.Message;

/** {@code list-certs}: X.509 certificates, those of others first, then those of authorities. */
public final class ListCerts implements Command {
    private static final String EVENT = "list-cert";
    private static final String ANY = "ANY";

    private final DaemonControl daemon;

    public ListCerts(DaemonControl daemon) {
        this.daemon = daemon;
    }

    @Override
    public String name() {
        return "list-certs";
    }

    @Override
    public Set<String> events() {
        return Set.of(EVENT);
    }

    @Override
    public Message run(Message request, Caller caller) throws InterruptedException {
        String type = request.text("type").orElse(ANY);
        if (!type.equalsIgnoreCase(ANY) && !type.equalsIgnoreCase("X509")) {
            return Message.EMPTY;
        }
        Optional<Identity> subject;
        try {
            subject = request.text("subject").isPresent()
                    ? Optional.of(Identity.parse(request.text("subject").get()))
                    : Optional.empty();
        } catch (IdentitySyntaxException e) {
            return Message.EMPTY;
        }
        Certificates all = daemon.credentials().certificates();
        stream("NONE", all.endEntities(), request, subject, all, caller);
        stream("CA", all.authorities(), request, subject, all, caller);
        stream("OCSP", daemon.credentials().statusSources().responders(), request, subject, all, caller);
        return Message.EMPTY;
    }

    private static void stream(
            String flag,
            List<Certificate> certificates,
            Message request,
            Optional<Identity> subject,
            Certificates all,
            Caller caller)
            throws InterruptedException {
        String wanted = request.text("flag").orElse(ANY);
        if (!wanted.equalsIgnoreCase(ANY) && !wanted.equalsIgnoreCase(flag)) {
            return;
        }
        for (Certificate certificate : certificates) {
            if (subject.filter(s -> !CertificateIdentities.includes(certificate, s))
                    .isEmpty()) {
                caller.stream(
                        EVENT,
                        Message.with()
                                .put("type", "X509")
                                .put("flag", flag)
                                .putIf(
                                        "has_privkey",
                                        all.key(certificate.publicKey()).isPresent())
                                .put("data", certificate.encoded().toByteArray())
                                .build());
            }
        }
    }
}
