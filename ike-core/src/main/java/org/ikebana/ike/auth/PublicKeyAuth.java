package org.ikebana.ike.auth;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.x509.Certificate;

/**
 * What {@code auth = pubkey} of one side means besides.
 *
 * @param signatures of the AUTH payload
 * @param chain of the certificates
 * @param certificates local: those to use, the first that the peer can verify; remote: those to accept, as they are
 * @param authorities remote: one of them must be in the path; empty for any that is trusted
 * @param authorityId remote: who one CA of the path must be, by its subject or an alternative name; empty for any
 * @param publicKeys local: the keys to use without a certificate; remote: the only ones to accept
 * @param policies remote: object identifiers, one of which the path must have; empty for any
 * @param payloads local: when certificates are sent; remote: whether they are asked for
 * @param revocation remote: how sure it must be that no certificate in the path is revoked
 * @param inBandStatus local: whether OCSP responses go along where the peer asks for them; remote: whether they are asked
 *     for (RFC 4806)
 */
public record PublicKeyAuth(
        SignatureConstraints signatures,
        SignatureConstraints chain,
        List<Certificate> certificates,
        List<Certificate> authorities,
        Optional<Identity> authorityId,
        List<VerifyingKey> publicKeys,
        Set<String> policies,
        CertificateSending payloads,
        RevocationPolicy revocation,
        boolean inBandStatus) {
    /** {@code auth = pubkey} alone. */
    public static final PublicKeyAuth ANY = of(SignatureConstraints.ANY);

    public PublicKeyAuth {
        certificates = List.copyOf(certificates);
        authorities = List.copyOf(authorities);
        publicKeys = List.copyOf(publicKeys);
        policies = Set.copyOf(policies);
    }

    /** With these constraints for the chain, too. */
    public static PublicKeyAuth of(SignatureConstraints constraints) {
        return new PublicKeyAuth(
                constraints,
                constraints,
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                Set.of(),
                CertificateSending.IF_ASKED,
                RevocationPolicy.RELAXED,
                false);
    }

    /** From {@code pubkey-sha256}, {@code ike:rsa/pss-sha256}, or both after one another; empty for another syntax. */
    public static Optional<PublicKeyAuth> parse(String text) {
        int ike = text.indexOf("ike:");
        if (ike < 0) {
            return SignatureConstraints.parse(text).map(PublicKeyAuth::of);
        }
        Optional<SignatureConstraints> signatures = SignatureConstraints.parse(text.substring(ike + 4));
        Optional<SignatureConstraints> chain = ike == 0
                ? Optional.of(SignatureConstraints.ANY)
                : SignatureConstraints.parse(text.substring(0, text.charAt(ike - 1) == '-' ? ike - 1 : ike));
        return signatures.flatMap(s -> chain.map(c -> of(c).withSignatures(s)));
    }

    public PublicKeyAuth withSignatures(SignatureConstraints other) {
        return new PublicKeyAuth(
                other,
                chain,
                certificates,
                authorities,
                authorityId,
                publicKeys,
                policies,
                payloads,
                revocation,
                inBandStatus);
    }

    public PublicKeyAuth withCertificates(List<Certificate> own) {
        return new PublicKeyAuth(
                signatures,
                chain,
                own,
                authorities,
                authorityId,
                publicKeys,
                policies,
                payloads,
                revocation,
                inBandStatus);
    }

    public PublicKeyAuth withAuthorities(List<Certificate> some) {
        return new PublicKeyAuth(
                signatures,
                chain,
                certificates,
                some,
                authorityId,
                publicKeys,
                policies,
                payloads,
                revocation,
                inBandStatus);
    }

    public PublicKeyAuth withAuthorityId(Optional<Identity> some) {
        return new PublicKeyAuth(
                signatures,
                chain,
                certificates,
                authorities,
                some,
                publicKeys,
                policies,
                payloads,
                revocation,
                inBandStatus);
    }

    public PublicKeyAuth withPublicKeys(List<VerifyingKey> some) {
        return new PublicKeyAuth(
                signatures,
                chain,
                certificates,
                authorities,
                authorityId,
                some,
                policies,
                payloads,
                revocation,
                inBandStatus);
    }

    public PublicKeyAuth withPolicies(Set<String> some) {
        return new PublicKeyAuth(
                signatures,
                chain,
                certificates,
                authorities,
                authorityId,
                publicKeys,
                some,
                payloads,
                revocation,
                inBandStatus);
    }

    public PublicKeyAuth withPayloads(CertificateSending some) {
        return new PublicKeyAuth(
                signatures,
                chain,
                certificates,
                authorities,
                authorityId,
                publicKeys,
                policies,
                some,
                revocation,
                inBandStatus);
    }

    public PublicKeyAuth withRevocation(RevocationPolicy some) {
        return new PublicKeyAuth(
                signatures,
                chain,
                certificates,
                authorities,
                authorityId,
                publicKeys,
                policies,
                payloads,
                some,
                inBandStatus);
    }

    public PublicKeyAuth withInBandStatus(boolean isOn) {
        return new PublicKeyAuth(
                signatures,
                chain,
                certificates,
                authorities,
                authorityId,
                publicKeys,
                policies,
                payloads,
                revocation,
                isOn);
    }
}
