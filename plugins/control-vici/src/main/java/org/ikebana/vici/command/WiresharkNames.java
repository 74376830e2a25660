package org.ikebana.vici.command;

import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.proposal.Suite;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.TransformType;

/** Algorithms of IKE as Wireshark's table {@code ikev2_decryption_table} names them; it cannot read what is not here. */
final class WiresharkNames {
    private static final Map<Integer, String> ENCRYPTION = Map.of(
            EncrId.DES_EDE3_CBC, "3DES [RFC2451]",
            EncrId.AES_CBC, "AES-CBC-%d [RFC3602]",
            EncrId.AES_CTR, "AES-CTR-%d [RFC5930]",
            EncrId.AES_CCM_8, "AES-CCM-%d with 8 octet ICV [RFC5282]",
            EncrId.AES_CCM_12, "AES-CCM-%d with 12 octet ICV [RFC5282]",
            EncrId.AES_CCM_16, "AES-CCM-%d with 16 octet ICV [RFC5282]",
            EncrId.AES_GCM_8, "AES-GCM-%d with 8 octet ICV [RFC5282]",
            EncrId.AES_GCM_12, "AES-GCM-%d with 12 octet ICV [RFC5282]",
            EncrId.AES_GCM_16, "AES-GCM-%d with 16 octet ICV [RFC5282]");

    private static final Map<Integer, String> INTEGRITY = Map.of(
            IntegId.HMAC_MD5_96, "HMAC_MD5_96 [RFC2403]",
            IntegId.HMAC_MD5_128, "HMAC_MD5_128 [RFC4595]",
            IntegId.HMAC_SHA1_96, "HMAC_SHA1_96 [RFC2404]",
            IntegId.HMAC_SHA1_160, "HMAC_SHA1_160 [RFC4595]",
            IntegId.HMAC_SHA2_256_128, "HMAC_SHA2_256_128 [RFC4868]",
            IntegId.HMAC_SHA2_384_192, "HMAC_SHA2_384_192 [RFC4868]",
            IntegId.HMAC_SHA2_512_256, "HMAC_SHA2_512_256 [RFC4868]",
            IntegId.AES_XCBC_96, "ANY 96-bits of Authentication [No Checking]",
            IntegId.AES_CMAC_96, "ANY 96-bits of Authentication [No Checking]");

    private WiresharkNames() {}

    static Optional<String> encryption(Suite suite) {
        return suite.transform(TransformType.ENCR)
                .flatMap(transform -> Optional.ofNullable(ENCRYPTION.get(transform.id()))
                        .map(name -> name.formatted(transform.keyBits())));
    }

    static Optional<String> integrity(Suite suite) {
        Optional<Transform> transform = suite.transform(TransformType.INTEG);
        return transform.isEmpty()
                ? Optional.of("NONE [RFC4306]")
                : transform.flatMap(given -> Optional.ofNullable(INTEGRITY.get(given.id())));
    }
}
