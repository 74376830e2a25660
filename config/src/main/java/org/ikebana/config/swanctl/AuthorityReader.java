package org.ikebana.config.swanctl;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.config.credential.Folder;
import org.ikebana.config.credential.NamedCredentials;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.schema.AuthorityKeys;
import org.ikebana.config.schema.Key;
import org.ikebana.config.schema.SwanctlTable;
import org.ikebana.config.schema.TokenKeys;
import org.ikebana.config.schema.TypedSection;
import org.ikebana.ike.auth.StatusSources.AuthorityUris;
import org.ikebana.ike.x509.Certificate;

/** Reads {@code authorities.<name>}. */
final class AuthorityReader {
    private final NamedCredentials credentials;
    private final Problems problems;

    AuthorityReader(NamedCredentials credentials, Problems problems) {
        this.credentials = credentials;
        this.problems = problems;
    }

    List<AuthorityUris> readAll(TypedSection document) {
        return document.section("authorities").stream()
                .flatMap(all -> all.sections(SwanctlTable.AUTHORITY).stream())
                .filter(section -> section.isSound(SwanctlTable.AUTHORITY))
                .flatMap(section -> read(section).stream())
                .toList();
    }

    private Optional<AuthorityUris> read(TypedSection section) {
        List<Key<?>> given = Stream.<Key<?>>of(AuthorityKeys.CACERT, AuthorityKeys.FILE, TokenKeys.HANDLE)
                .filter(section::isGiven)
                .toList();
        if (given.size() != 1) {
            problems.error(
                    section.place(),
                    "it must be said of which CA this is, once",
                    "add cacert = ..., the name of a file in x509ca");
            return Optional.empty();
        }
        Key<?> key = given.getFirst();
        List<Certificate> found = TokenKeys.place(section)
                .map(where -> credentials.certificates(Folder.X509CA, where, section.place()))
                .orElseGet(() -> inFile(section));
        if (found.size() == 1 && !found.getFirst().isAuthority()) {
            problems.error(
                    section.place(key),
                    "the certificate of " + found.getFirst() + " is not of a CA",
                    "name that of the CA which has issued it");
            return Optional.empty();
        }
        return found.stream()
                .findFirst()
                .map(authority -> new AuthorityUris(
                        authority,
                        section.find(AuthorityKeys.CRL_URIS).orElse(List.of()),
                        section.find(AuthorityKeys.OCSP_URIS).orElse(List.of())));
    }

    private List<Certificate> inFile(TypedSection section) {
        Key<String> key = section.isGiven(AuthorityKeys.CACERT) ? AuthorityKeys.CACERT : AuthorityKeys.FILE;
        return credentials.certificates(Folder.X509CA, section.find(key).orElse(""), section.place(key));
    }
}
