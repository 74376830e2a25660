package org.ikebana.config.swanctl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ikebana.config.credential.Folder;
import org.ikebana.config.credential.NamedCredentials;
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
import org.ikebana.ike.connection.AuthConfig.Method;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.eap.EapAuth;
import org.ikebana.ike.eap.EapMethod;
import org.ikebana.ike.x509.Certificate;

/** Reads {@code local<suffix>} and {@code remote<suffix>}: the rounds of either side, of which there must be one at least. */
final class AuthReader {
    private final NamedCredentials credentials;
    private final Problems problems;

    AuthReader(NamedCredentials credentials, Problems problems) {
        this.credentials = credentials;
        this.problems = problems;
    }

    /** @param isNeeded otherwise there need be none, as there is no peer */
    AuthConfig read(TypedSection connection, SectionType type, boolean isNeeded) {
        List<TypedSection> rounds = connection.sections(type);
        String side = type == SwanctlTable.LOCAL ? "local" : "remote";
        if (rounds.isEmpty()) {
            if (isNeeded) {
                problems.error(
                        connection.place(),
                        "this connection has no section '" + side + "'",
                        "add " + side + " { auth = psk } or another auth");
            }
            return new AuthConfig(Method.PUBKEY, Identity.ANY);
        }
        List<AuthConfig> read = rounds.stream()
                .sorted(Comparator.comparing(section -> section.get(AuthKeys.ROUND)))
                .map(section -> read(section, side.equals("local")))
                .toList();
        return read.getFirst().with(read.subList(1, read.size()));
    }

    private AuthConfig read(TypedSection section, boolean isLocal) {
        AuthWord word = section.get(AuthKeys.AUTH);
        boolean usesCertificates = word.method() == Method.PUBKEY || word.eap().contains(EapMethod.TLS);
        if (!usesCertificates) {
            warnOfCertificates(section, word.method());
        }
        if (word.method() != Method.EAP) {
            warnOfEap(section);
        }
        PublicKeyAuth publicKey = usesCertificates ? publicKey(section, word.publicKey()) : word.publicKey();
        Identity identity = section.find(AuthKeys.ID).orElseGet(() -> isLocal ? subject(publicKey) : Identity.ANY);
        AuthConfig config = new AuthConfig(word.method(), identity, publicKey).with(section.places());
        return word.method() == Method.EAP ? config.with(eap(section, word)) : config;
    }

    private EapAuth eap(TypedSection section, AuthWord word) {
        return EapAuth.of(word.eap()).withIds(section.find(AuthKeys.EAP_ID), section.find(AuthKeys.AAA_ID));
    }

    private PublicKeyAuth publicKey(TypedSection section, PublicKeyAuth constraints) {
        return constraints
                .withCertificates(certificates(section, Folder.X509, AuthKeys.CERTS, SwanctlTable.CERT))
                .withAuthorities(certificates(section, Folder.X509CA, AuthKeys.CACERTS, SwanctlTable.CACERT))
                .withAuthorityId(section.find(AuthKeys.CA_ID))
                .withPublicKeys(
                        credentials.publicKeys(text(section, AuthKeys.PUBKEYS), section.place(AuthKeys.PUBKEYS)))
                .withPolicies(policies(section))
                .withRevocation(section.get(AuthKeys.REVOCATION));
    }

    /** Those in the list of files, then those with a section of their own. */
    private List<Certificate> certificates(TypedSection section, Folder folder, Key<String> list, SectionType type) {
        List<Certificate> found =
                new ArrayList<>(credentials.certificates(folder, text(section, list), section.place(list)));
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
                found.addAll(credentials.certificates(folder, where.get(), one.place()));
            } else {
                found.addAll(credentials.certificates(
                        folder, text(one, AuthKeys.CERTIFICATE_FILE), one.place(AuthKeys.CERTIFICATE_FILE)));
            }
        }
        return found;
    }

    /** As with strongSwan, a certificate says who this side is, where nothing else does. */
    private static Identity subject(PublicKeyAuth publicKey) {
        return publicKey.certificates().isEmpty()
                ? Identity.ANY
                : CertificateIdentities.of(publicKey.certificates().getFirst()).stream()
                        .findFirst()
                        .orElse(Identity.ANY);
    }

    private void warnOfCertificates(TypedSection section, Method method) {
        for (Key<?> key : List.of(
                AuthKeys.CERTS,
                AuthKeys.CACERTS,
                AuthKeys.CA_ID,
                AuthKeys.PUBKEYS,
                AuthKeys.CERT_POLICY,
                AuthKeys.REVOCATION)) {
            if (section.isGiven(key)) {
                hasNoEffect(key.name(), section.place(key), method);
            }
        }
        for (SectionType type : List.of(SwanctlTable.CERT, SwanctlTable.CACERT)) {
            section.sections(type).forEach(one -> hasNoEffect(one.name(), one.place(), method));
        }
    }

    private void hasNoEffect(String name, SourceRef place, Method method) {
        problems.warning(
                place,
                "'" + name + "' has no effect; auth = " + (method == Method.EAP ? "eap-mschapv2" : method)
                        + " uses no certificates",
                "write auth = pubkey, or remove it");
    }

    private void warnOfEap(TypedSection section) {
        for (Key<?> key : List.of(AuthKeys.EAP_ID, AuthKeys.AAA_ID)) {
            if (section.isGiven(key)) {
                problems.warning(
                        section.place(key),
                        "'" + key.name() + "' has no effect without EAP",
                        "write auth = eap-mschapv2 or eap-tls, or remove it");
            }
        }
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
