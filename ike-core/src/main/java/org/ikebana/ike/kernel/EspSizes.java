package org.ikebana.ike.kernel;

import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.proposal.Suite;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.TransformType;

/**
 * How long packets become in ESP, and so how long they may be: RFC 4303 2, RFC 3948 2.1. All lengths in octets.
 *
 * @param mode in transport mode and BEET the inner header goes and the outer one stays; both are as long, then
 * @param outerHeader 20 with IPv4, 40 with IPv6
 * @param udpHeader 8 for ESP in UDP, else 0
 * @param iv length of the initialisation vector
 * @param alignment what payload, padding and trailer are a multiple of, 4 at least
 * @param icv length of the integrity check value
 */
public record EspSizes(SaMode mode, int outerHeader, int udpHeader, int iv, int alignment, int icv) {
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int UDP_HEADER = 8;
    private static final int TCP_HEADER = 20;
    /** SPI and sequence number. */
    private static final int ESP_HEADER = 8;
    /** Pad length and next header. */
    private static final int ESP_TRAILER = 2;

    private static final Map<Integer, Cipher> CIPHERS = Map.ofEntries(
            Map.entry(EncrId.DES_CBC, new Cipher(8, 8, 0)),
            Map.entry(EncrId.DES_EDE3_CBC, new Cipher(8, 8, 0)),
            Map.entry(EncrId.CAST_CBC, new Cipher(8, 8, 0)),
            Map.entry(EncrId.BLOWFISH_CBC, new Cipher(8, 8, 0)),
            Map.entry(EncrId.NULL, new Cipher(0, 4, 0)),
            Map.entry(EncrId.AES_CBC, new Cipher(16, 16, 0)),
            Map.entry(EncrId.AES_CTR, new Cipher(8, 4, 0)),
            Map.entry(EncrId.CAMELLIA_CBC, new Cipher(16, 16, 0)),
            Map.entry(EncrId.AES_CCM_8, new Cipher(8, 4, 8)),
            Map.entry(EncrId.AES_CCM_12, new Cipher(8, 4, 12)),
            Map.entry(EncrId.AES_CCM_16, new Cipher(8, 4, 16)),
            Map.entry(EncrId.AES_GCM_8, new Cipher(8, 4, 8)),
            Map.entry(EncrId.AES_GCM_12, new Cipher(8, 4, 12)),
            Map.entry(EncrId.AES_GCM_16, new Cipher(8, 4, 16)),
            Map.entry(EncrId.NULL_AUTH_AES_GMAC, new Cipher(8, 4, 16)),
            Map.entry(EncrId.CHACHA20_POLY1305, new Cipher(8, 4, 16)));

    private static final Map<Integer, Integer> ICVS = Map.of(
            IntegId.HMAC_MD5_96, 12,
            IntegId.HMAC_MD5_128, 16,
            IntegId.HMAC_SHA1_96, 12,
            IntegId.HMAC_SHA1_160, 20,
            IntegId.AES_XCBC_96, 12,
            IntegId.AES_CMAC_96, 12,
            IntegId.HMAC_SHA2_256_128, 16,
            IntegId.HMAC_SHA2_256_96, 12,
            IntegId.HMAC_SHA2_384_192, 24,
            IntegId.HMAC_SHA2_512_256, 32);

    /** Of an ESP SA; empty for AH and IPComp, and for algorithms without a known length. */
    public static Optional<EspSizes> of(SecurityAssociation sa) {
        return sa.key().protocol() == SaProtocol.ESP
                ? of(
                        sa.algorithms(),
                        sa.mode(),
                        sa.key().destination().getAddress().length,
                        sa.encapsulation().isPresent())
                : Optional.empty();
    }

    /**
     * Empty for algorithms without a known length.
     *
     * @param addressLength of the outer addresses, 4 or 16
     */
    public static Optional<EspSizes> of(SaAlgorithms algorithms, SaMode mode, int addressLength, boolean inUdp) {
        return of(
                algorithms.encryption(),
                algorithms.integrity().map(SaAlgorithms.Keyed::transform),
                mode,
                addressLength,
                inUdp);
    }

    /** The same of what has been agreed upon; empty for AH, too. */
    public static Optional<EspSizes> of(Suite suite, SaMode mode, int addressLength, boolean inUdp) {
        return suite.transform(TransformType.ENCR)
                .flatMap(
                        encryption -> of(encryption, suite.transform(TransformType.INTEG), mode, addressLength, inUdp));
    }

    private static Optional<EspSizes> of(
            Transform encryption, Optional<Transform> integrity, SaMode mode, int addressLength, boolean inUdp) {
        Cipher cipher = CIPHERS.get(encryption.id());
        Optional<Integer> mac = integrity.map(Transform::id).map(id -> ICVS.getOrDefault(id, -1));
        if (cipher == null || mac.filter(length -> length < 0).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new EspSizes(
                mode,
                header(addressLength),
                inUdp ? UDP_HEADER : 0,
                cipher.iv,
                cipher.alignment,
                mac.orElse(cipher.icv)));
    }

    /** How long an IP packet becomes. */
    public int wireLength(int packetLength) {
        int text = payload(packetLength) + ESP_TRAILER;
        return fixed() + Math.ceilDiv(text, alignment) * alignment;
    }

    /** The longest IP packet that still fits into this path. */
    public int mtu(int pathMtu) {
        int text = (pathMtu - fixed()) / alignment * alignment - ESP_TRAILER;
        return mode == SaMode.TUNNEL ? text : text + outerHeader;
    }

    /**
     * The longest TCP segment, without header, of packets that still fit: the MSS to clamp to (RFC 9293 3.7.1).
     *
     * @param addressLength of the packets' addresses, 4 or 16
     */
    public int tcpMss(int pathMtu, int addressLength) {
        return mtu(pathMtu) - header(addressLength) - TCP_HEADER;
    }

    private int payload(int packetLength) {
        return mode == SaMode.TUNNEL ? packetLength : packetLength - outerHeader;
    }

    private int fixed() {
        return outerHeader + udpHeader + ESP_HEADER + iv + icv;
    }

    private static int header(int addressLength) {
        return addressLength == 4 ? IPV4_HEADER : IPV6_HEADER;
    }

    /** @param icv of an AEAD */
    private record Cipher(int iv, int alignment, int icv) {}
}
