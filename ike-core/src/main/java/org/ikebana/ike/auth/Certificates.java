package org.ikebana.ike.auth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.ike.crypto.SigningKey;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.x509.Certificate;

/**
 * Certificates and private keys at hand.
 *
 * @param authorities of certification authorities; those that signed themselves are trusted, the others lie between
 * @param endEntities own ones, and those of peers, which are trusted as they are
 * @param keys private keys, by the public key
 */
public record Certificates(
        List<Certificate> authorities, List<Certificate> endEntities, Map<VerifyingKey, SigningKey> keys) {
    public static final Certificates NONE = new Certificates(List.of(), List.of(), Map.of());

    public Certificates {
        authorities = List.copyOf(authorities);
        endEntities = List.copyOf(endEntities);
        keys = Map.copyOf(keys);
    }

    public static Certificates of(
            List<Certificate> authorities, List<Certificate> endEntities, List<? extends SigningKey> keys) {
        Map<VerifyingKey, SigningKey> byPublicKey = new HashMap<>();
        keys.forEach(key -> byPublicKey.putIfAbsent(key.publicKey(), key));
        return new Certificates(authorities, endEntities, byPublicKey);
    }

    /** With further certification authorities. */
    public Certificates with(List<Certificate> more) {
        return new Certificates(union(authorities, more), endEntities, keys);
    }

    /** These and those; of two private keys for one public key the first is taken. */
    public Certificates and(Certificates others) {
        Map<VerifyingKey, SigningKey> all = new HashMap<>(others.keys);
        all.putAll(keys);
        return new Certificates(union(authorities, others.authorities), union(endEntities, others.endEntities), all);
    }

    public Optional<SigningKey> key(VerifyingKey publicKey) {
        return Optional.ofNullable(keys.get(publicKey));
    }

    /** Certification authorities that a path may end at. */
    public List<Certificate> anchors() {
        return authorities.stream().filter(Certificate::isSelfIssued).toList();
    }

    /** Those of the identity whose private key is here. */
    public List<Certificate> own(Identity identity) {
        return endEntities.stream()
                .filter(certificate -> key(certificate.publicKey()).isPresent())
                .filter(certificate -> CertificateIdentities.includes(certificate, identity))
                .toList();
    }

    /** The authorities between a certificate and one that signed itself, as far as they are at hand. */
    public List<Certificate> intermediates(Certificate certificate) {
        return above(certificate).stream().filter(a -> !a.isSelfIssued()).toList();
    }

    /** The authorities above a certificate, as far as they are at hand; the last one may have signed itself. */
    public List<Certificate> above(Certificate certificate) {
        List<Certificate> chain = new ArrayList<>();
        Certificate last = certificate;
        while (!last.isSelfIssued()) {
            Optional<Certificate> issuer = issuer(last);
            if (issuer.isEmpty() || chain.contains(issuer.get())) {
                break;
            }
            last = issuer.get();
            chain.add(last);
        }
        return List.copyOf(chain);
    }

    private Optional<Certificate> issuer(Certificate certificate) {
        return authorities.stream().filter(a -> a.mayHaveIssued(certificate)).findFirst();
    }

    private static List<Certificate> union(List<Certificate> some, List<Certificate> more) {
        return Stream.concat(some.stream(), more.stream()).distinct().toList();
    }
}
