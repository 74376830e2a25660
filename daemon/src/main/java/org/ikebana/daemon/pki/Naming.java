package org.ikebana.daemon.pki;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.ikebana.daemon.authority.AuthorityException;
import org.ikebana.daemon.authority.Names;
import org.ikebana.daemon.authority.Purpose;
import picocli.CommandLine.Option;

/** Whose a certificate is and what it is for, whether it is made or asked for. */
final class Naming {
    @Option(
            names = {"--dn", "-d"},
            paramLabel = "DN",
            description = "Distinguished name of the subject, as \"C=CH, O=Org, CN=sun\".")
    private Optional<String> subject = Optional.empty();

    @Option(
            names = {"--san", "-a"},
            paramLabel = "NAME",
            description = "subjectAltName: a domain name, user@domain or an address; may be given several times.")
    private List<String> altNames = new ArrayList<>();

    @Option(
            names = {"--flag", "-e"},
            paramLabel = "FLAG",
            description = "What it is for: serverAuth, clientAuth, ikeIntermediate, ipsecIKE, crlSign, ocspSigning,"
                    + " msSmartcardLogon; may be given several times.")
    private List<String> flags = new ArrayList<>();

    Optional<X500Name> subject() throws AuthorityException {
        return subject.isPresent() ? Optional.of(Names.subject(subject.get())) : Optional.empty();
    }

    X500Name requiredSubject() throws AuthorityException {
        return subject().orElseThrow(() -> new AuthorityException("whose is it? Say it with --dn"));
    }

    List<GeneralName> altNames() throws AuthorityException {
        List<GeneralName> names = new ArrayList<>();
        for (String text : altNames) {
            names.add(Names.altName(text));
        }
        return names;
    }

    Set<Purpose> purposes() throws AuthorityException {
        Set<Purpose> purposes = EnumSet.noneOf(Purpose.class);
        for (String flag : flags) {
            purposes.add(Purpose.of(flag));
        }
        return purposes;
    }
}
