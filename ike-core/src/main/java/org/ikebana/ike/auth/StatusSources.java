package org.ikebana.ike.auth;

import java.util.List;
import java.util.stream.Stream;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.RevocationList;

/**
 * What a configuration knows of revocation.
 *
 * @param lists at hand, complete ones and delta lists; not yet verified
 * @param responders certificates of OCSP responders that are trusted for every CA
 * @param authorities where a CA publishes what its certificates do not say
 */
public record StatusSources(List<RevocationList> lists, List<Certificate> responders, List<AuthorityUris> authorities) {
    public static final StatusSources NONE = new StatusSources(List.of(), List.of(), List.of());

    /**
     * A CA and its servers.
     *
     * @param lists URIs of its revocation lists
     * @param responders URIs of its OCSP responders
     */
    public record AuthorityUris(Certificate authority, List<String> lists, List<String> responders) {
        public AuthorityUris {
            lists = List.copyOf(lists);
            responders = List.copyOf(responders);
        }
    }

    public StatusSources {
        lists = List.copyOf(lists);
        responders = List.copyOf(responders);
        authorities = List.copyOf(authorities);
    }

    /** What any of these knows. */
    public static StatusSources union(List<StatusSources> all) {
        return new StatusSources(
                all.stream().flatMap(each -> each.lists().stream()).toList(),
                all.stream().flatMap(each -> each.responders().stream()).toList(),
                all.stream().flatMap(each -> each.authorities().stream()).toList());
    }

    /** URIs of revocation lists that may hold the certificate; what the configuration says comes first. */
    public List<String> listUris(Certificate subject, Certificate issuer) {
        return Stream.concat(of(issuer).flatMap(uris -> uris.lists().stream()), subject.listUris().stream())
                .distinct()
                .toList();
    }

    /** URIs of OCSP responders that know the certificate. */
    public List<String> ocspUris(Certificate subject, Certificate issuer) {
        return Stream.concat(of(issuer).flatMap(uris -> uris.responders().stream()), subject.ocspUris().stream())
                .distinct()
                .toList();
    }

    private Stream<AuthorityUris> of(Certificate issuer) {
        return authorities.stream().filter(uris -> uris.authority().equals(issuer));
    }
}
