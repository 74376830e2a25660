package org.ikebana.config.swanctl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ikebana.config.credential.CredentialFolders;
import org.ikebana.config.credential.Folder;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.schema.AuthKeys;
import org.ikebana.config.schema.AuthWord;
import org.ikebana.config.schema.Key;
import org.ikebana.config.schema.SectionType;
import org.ikebana.config.schema.SwanctlTable;
import org.ikebana.config.schema.TokenKeys;
import org.ikebana.config.schema.TypedSection;
import org.ikebana.config.token.TokenPlace;
import org.ikebana.ike.auth.CertificateIdentities;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.x509.Certificate;

/** Reads {@code local<suffix>} and {@code remote<suffix>}, of which there must be one each. */
final class AuthReader {
    private final CredentialFolders folders;
    private final Problems problems;

    AuthReader(CredentialFolders folders, Problems problems) {
        this.folders = folders;
        this.problems = problems;
    }

    /** One side's authentication and where its keys stand. */
    record Round(AuthConfig config, Map<String, SourceRef> places) {}

    Round read(TypedSection connection, SectionType type) {
        List<TypedSection> rounds = connection.sections(type);
        String side = type == SwanctlTable.LOCAL ? "local" : "remote";
        if (rounds.isEmpty()) {
            problems.error(
                    connection.place(),
                    "this connection has no section '" + side + "'",
                    "add " + side + " { auth = psk } or another auth");
            return new Round(new AuthConfig(AuthConfig.Method.PUBKEY, Identity.ANY), Map.of());
        }
        rounds.stream()
                .skip(1)
                .forEach(second -> problems.error(
                        second.place(),
                        "a second round of authentication is not supported yet",
                        "keep one section '" + side + "'"));
        return read(rounds.getFirst(), side.equals("local"));
    }

    private Round read(TypedSection section, boolean isLocal) {
        AuthWord word = section.get(AuthKeys.AUTH);
        if (word.method() == AuthConfig.Method.PSK) {
            warnOfCertificates(section);
        }
        PublicKeyAuth publicKey =
                word.method() == AuthConfig.Method.PSK ? word.publicKey() : publicKey(section, word.publicKey());
        Identity identity =
                section.find(AuthKeys.ID).orElseGet(() -> isLocal ? subject(word, publicKey) : Identity.ANY);
        return new Round(new AuthConfig(word.method(), identity, publicKey), section.places());
    }

    private PublicKeyAuth publicKey(TypedSection section, PublicKeyAuth constraints) {
        return constraints
                .withCertificates(certificates(section, Folder.X509, AuthKeys.CERTS, SwanctlTable.CERT))
                .withAuthorities(certificates(section, Folder.X509CA, AuthKeys.CACERTS, SwanctlTable.CACERT))
                .withPublicKeys(folders.publicKeys(text(section, AuthKeys.PUBKEYS), section.place(AuthKeys.PUBKEYS)))
                .withPolicies(policies(section))
                .withRevocation(section.get(AuthKeys.REVOCATION));
    }

    /** Those in the list of files, then those with a section of their own. */
    private List<Certificate> certificates(TypedSection section, Folder folder, Key<String> list, SectionType type) {
        List<Certificate> found =
                new ArrayList<>(folders.certificates(folder, text(section, list), section.place(list)));
        for (TypedSection one : section.sections(type)) {
            Optional<TokenPlace> where = TokenKeys.place(one);
            if (one.isGiven(AuthKeys.CERTIFICATE_FILE) == where.isPresent()) {
                problems.error(
                        one.place(),
                        where.isPresent()
                                ? "both a file and a handle are given"
                                : "neither a file nor a handle is given",
                        "give one of them, to say where the certificate is");
            } else if (where.isPresent()) {
                found.addAll(folders.certificates(folder, where.get(), one.place()));
            } else {
                found.addAll(folders.certificates(
                        folder, text(one, AuthKeys.CERTIFICATE_FILE), one.place(AuthKeys.CERTIFICATE_FILE)));
            }
        }
        return found;
    }

    /** As with strongSwan, a certificate says who this side is, where nothing else does. */
    private static Identity subject(AuthWord word, PublicKeyAuth publicKey) {
        return word.method() == AuthConfig.Method.PSK
                        || publicKey.certificates().isEmpty()
                ? Identity.ANY
                : CertificateIdentities.of(publicKey.certificates().getFirst()).stream()
                        .findFirst()
                        .orElse(Identity.ANY);
    }

    private void warnOfCertificates(TypedSection section) {
        for (Key<?> key : List.of(
                AuthKeys.CERTS, AuthKeys.CACERTS, AuthKeys.PUBKEYS, AuthKeys.CERT_POLICY, AuthKeys.REVOCATION)) {
            if (section.isGiven(key)) {
                hasNoEffect(key.name(), section.place(key));
            }
        }
        for (SectionType type : List.of(SwanctlTable.CERT, SwanctlTable.CACERT)) {
            section.sections(type).forEach(one -> hasNoEffect(one.name(), one.place()));
        }
    }

    private void hasNoEffect(String name, SourceRef place) {
        problems.warning(
                place,
                "'" + name + "' has no effect; auth = psk uses no certificates",
                "write auth = pubkey, or remove it");
    }

    private static Set<String> policies(TypedSection section) {
        return Stream.of(text(section, AuthKeys.CERT_POLICY).split(","))
                .map(String::strip)
                .filter(policy -> !policy.isEmpty())
                .collect(Collectors.toSet());
    }

    private static String text(TypedSection section, Key<String> key) {
        return section.find(key).orElse("");
    }
}
