package org.ikebana.kernel.model;

import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.TransformType;

/**
 * What is asked of an SA before it is taken: Linux's rules, and stricter ones where Linux would take an SA that can
 * carry nothing (integrity keys of a wrong length, encryption without integrity).
 */
public final class SaRules {
    private static final int MAXIMUM_WINDOW = 4096;
    private static final int INVALID = -1;

    private SaRules() {}

    public static void check(SecurityAssociation sa) throws KernelException {
        SaKey key = sa.key();
        if (key.spi().value() == 0) {
            throw Errno.EINVAL.refusal(key, "SPI 0 is no SA's");
        }
        if (sa.direction() == Direction.FORWARD) {
            throw Errno.EINVAL.refusal(key, "An SA is inbound or outbound");
        }
        if (sa.source().getAddress().length != key.destination().getAddress().length) {
            throw Errno.EINVAL.refusal(key, "Source and destination are of different address families");
        }
        if (sa.mode() == SaMode.TUNNEL && sa.selector().isPresent()) {
            throw Errno.EINVAL.refusal(key, "A tunnel's SA with a selector serves one traffic selector only");
        }
        checkReplay(sa);
        if (sa.encapsulation().isPresent()) {
            check(key, sa.encapsulation().get());
        }
        switch (key.protocol()) {
            case ESP -> checkEsp(key, sa.algorithms());
            case AH -> checkIntegrity(key, sa.algorithms());
            case IPCOMP -> checkCpi(key);
        }
    }

    private static void checkReplay(SecurityAssociation sa) throws KernelException {
        if (sa.extendedSequenceNumbers() && sa.key().protocol() == SaProtocol.IPCOMP) {
            throw Errno.EINVAL.refusal(sa.key(), "ESN only supported for ESP and AH");
        }
        if (sa.direction() != Direction.IN) {
            return;
        }
        if (sa.extendedSequenceNumbers() && sa.replayWindow() == 0) {
            throw Errno.EINVAL.refusal(sa.key(), "ESN replay window must be > 0");
        }
        if (sa.replayWindow() < 0 || sa.replayWindow() > MAXIMUM_WINDOW) {
            throw Errno.EINVAL.refusal(sa.key(), "ESN bitmap length must be <= 128");
        }
    }

    private static void check(SaKey key, Encapsulation ports) throws KernelException {
        if (key.protocol() != SaProtocol.ESP) {
            throw Errno.EINVAL.refusal(key, "UDP encapsulation is for ESP only");
        }
        if (!isPort(ports.sourcePort()) || !isPort(ports.destinationPort())) {
            throw Errno.EINVAL.refusal(key, "UDP ports are 1 to 65535");
        }
    }

    private static boolean isPort(int port) {
        return port >= 1 && port <= 0xffff;
    }

    private static void checkEsp(SaKey key, SaAlgorithms algorithms) throws KernelException {
        Transform encryption = algorithms.encryption();
        int wanted = encryption.type() == TransformType.ENCR ? encryptionKeyOctets(encryption) : INVALID;
        if (wanted == INVALID) {
            throw Errno.ENOSYS.refusal(key, "Requested CRYPT algorithm not found: " + encryption);
        }
        if (algorithms.encryptionKey().length() != wanted) {
            throw Errno.EINVAL.refusal(
                    key,
                    "Encryption key of %d octets where %s has %d"
                            .formatted(algorithms.encryptionKey().length(), encryption, wanted));
        }
        if (isAead(encryption) && algorithms.integrity().isPresent()) {
            throw Errno.EINVAL.refusal(key, "AEAD and AUTH exclude each other");
        }
        if (!isAead(encryption)) {
            checkIntegrity(key, algorithms);
        }
    }

    private static void checkIntegrity(SaKey key, SaAlgorithms algorithms) throws KernelException {
        SaAlgorithms.Keyed keyed =
                algorithms.integrity().orElseThrow(() -> Errno.EINVAL.refusal(key, "Nothing protects integrity"));
        Transform integrity = keyed.transform();
        int wanted = integrity.type() == TransformType.INTEG ? integrityKeyOctets(integrity.id()) : INVALID;
        if (wanted == INVALID) {
            throw Errno.ENOSYS.refusal(key, "Requested AUTH algorithm not found: " + integrity);
        }
        if (keyed.key().length() != wanted) {
            throw Errno.EINVAL.refusal(
                    key,
                    "Integrity key of %d octets where %s has %d"
                            .formatted(keyed.key().length(), integrity, wanted));
        }
    }

    private static void checkCpi(SaKey key) throws KernelException {
        if (Integer.toUnsignedLong(key.spi().value()) > 0xffff) {
            throw Errno.EINVAL.refusal(key, "SPI must be < 0x10000 for IPCOMP");
        }
    }

    /** With the salt (RFC 3686, RFC 4106, RFC 4309, RFC 4543, RFC 7634). */
    private static int encryptionKeyOctets(Transform transform) {
        int octets = transform.keyBits() / 8;
        boolean aes = octets == 16 || octets == 24 || octets == 32;
        return switch (transform.id()) {
            case EncrId.NULL -> 0;
            case EncrId.DES_EDE3_CBC -> 24;
            case EncrId.AES_CBC, EncrId.CAMELLIA_CBC -> aes ? octets : INVALID;
            case EncrId.AES_CTR, EncrId.AES_GCM_8, EncrId.AES_GCM_12, EncrId.AES_GCM_16, EncrId.NULL_AUTH_AES_GMAC ->
                aes ? octets + 4 : INVALID;
            case EncrId.AES_CCM_8, EncrId.AES_CCM_12, EncrId.AES_CCM_16 -> aes ? octets + 3 : INVALID;
            case EncrId.CHACHA20_POLY1305 -> 36;
            default -> INVALID;
        };
    }

    private static boolean isAead(Transform transform) {
        return switch (transform.id()) {
            case EncrId.AES_GCM_8,
                    EncrId.AES_GCM_12,
                    EncrId.AES_GCM_16,
                    EncrId.AES_CCM_8,
                    EncrId.AES_CCM_12,
                    EncrId.AES_CCM_16,
                    EncrId.NULL_AUTH_AES_GMAC,
                    EncrId.CHACHA20_POLY1305 -> true;
            default -> false;
        };
    }

    /** RFC 2403, RFC 2404, RFC 3566, RFC 4494, RFC 4868. */
    private static int integrityKeyOctets(int id) {
        return switch (id) {
            case IntegId.HMAC_MD5_96, IntegId.HMAC_MD5_128, IntegId.AES_XCBC_96, IntegId.AES_CMAC_96 -> 16;
            case IntegId.HMAC_SHA1_96, IntegId.HMAC_SHA1_160 -> 20;
            case IntegId.HMAC_SHA2_256_128, IntegId.HMAC_SHA2_256_96 -> 32;
            case IntegId.HMAC_SHA2_384_192 -> 48;
            case IntegId.HMAC_SHA2_512_256 -> 64;
            default -> INVALID;
        };
    }
}
