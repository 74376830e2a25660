package org.ikebana.ike.x509;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate's key is for (RFC 5280 4.2.1.3, 4.2.1.9, 4.2.1.12).
 *
 * @param mayBeAuthority the basic constraints say so
 * @param keyUsage bits of {@link KeyUsage}; all where there is no such extension
 * @param purposes of the extended key usage, as object identifiers; empty where there is none
 * @param isNeverRevoked an OCSP responder whose CA vouches for it as long as it is valid (RFC 6960 4.2.2.2.1)
 */
record CertificateUsage(boolean mayBeAuthority, int keyUsage, List<String> purposes, boolean isNeverRevoked) {
    private static final int ANY_USE = 0xffff;

    /**
     * The purposes that let a key serve IKE (RFC 4945 5.1.3.12), and those that certificates of IKE gateways have in
     * practice: of TLS, for the clients of other vendors, and what came before id-kp-ipsecIKE.
     */
    private static final Set<String> OF_IKE = Set.of(
            KeyPurposeId.anyExtendedKeyUsage.getId(),
            "1.3.6.1.5.5.7.3.17", // id-kp-ipsecIKE
            "1.3.6.1.5.5.8.2.2", // iKEIntermediate
            KeyPurposeId.id_kp_serverAuth.getId(),
            KeyPurposeId.id_kp_clientAuth.getId(),
            KeyPurposeId.id_kp_ipsecEndSystem.getId(),
            KeyPurposeId.id_kp_ipsecTunnel.getId(),
            KeyPurposeId.id_kp_ipsecUser.getId());

    static CertificateUsage of(@Nullable Extensions extensions) {
        if (extensions == null) {
            return new CertificateUsage(false, ANY_USE, List.of(), false);
        }
        BasicConstraints constraints = BasicConstraints.fromExtensions(extensions);
        KeyUsage keyUsage = KeyUsage.fromExtensions(extensions);
        ExtendedKeyUsage extended = ExtendedKeyUsage.fromExtensions(extensions);
        return new CertificateUsage(
                constraints != null && constraints.isCA(),
                keyUsage == null ? ANY_USE : bits(keyUsage),
                extended == null
                        ? List.of()
                        : List.of(extended.getUsages()).stream()
                                .map(KeyPurposeId::getId)
                                .toList(),
                extensions.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck) != null);
    }

    boolean isAuthority() {
        return mayBeAuthority && (keyUsage & KeyUsage.keyCertSign) != 0;
    }

    /** RFC 5280 4.2.1.3. */
    boolean maySignLists() {
        return (keyUsage & KeyUsage.cRLSign) != 0;
    }

    /** As a delegate of the authority that has issued it (RFC 6960 4.2.2.2). */
    boolean maySignOcsp() {
        return purposes.contains(KeyPurposeId.id_kp_OCSPSigning.getId())
                && (keyUsage & (KeyUsage.digitalSignature | KeyUsage.nonRepudiation)) != 0;
    }

    Optional<String> unfitForIke() {
        if ((keyUsage & (KeyUsage.digitalSignature | KeyUsage.nonRepudiation)) == 0) {
            return Optional.of("its key usage has neither digitalSignature nor nonRepudiation");
        }
        if (!purposes.isEmpty() && purposes.stream().noneMatch(OF_IKE::contains)) {
            return Optional.of("its extended key usage has neither ipsecIKE nor ikeIntermediate, serverAuth, clientAuth"
                    + " or any, but " + String.join(", ", purposes.subList(0, Math.min(purposes.size(), 3))));
        }
        return Optional.empty();
    }

    private static int bits(KeyUsage usage) {
        int bits = 0;
        for (int bit = 1; bit <= KeyUsage.decipherOnly; bit <<= 1) {
            bits |= usage.hasUsages(bit) ? bit : 0;
        }
        return bits;
    }
}
