package org.ikebana.kernel.tun.esp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.Encryption;
import org.ikebana.ike.crypto.Integrity;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.TransformType;
import org.jspecify.annotations.Nullable;

/** What an SA may negotiate, with or without extended sequence numbers. Keys are random and always the same. */
record Suite(Encryption encryption, @Nullable Integrity integrity, boolean extended) {
    private static final CryptoRegistry REGISTRY = CryptoRegistry.standard();

    static Stream<Suite> all() {
        return encryptions().stream()
                .flatMap(encryption -> encryption.isAead()
                        ? Stream.of(new Suite(encryption, null, false))
                        : integrities().stream().map(integrity -> new Suite(encryption, integrity, false)))
                .flatMap(suite -> Stream.of(suite, new Suite(suite.encryption, suite.integrity, true)));
    }

    static Suite of(int encryption, int keyBits) {
        return new Suite(REGISTRY.encryption(encryption, keyBits).orElseThrow(), null, false);
    }

    static Suite of(int encryption, int keyBits, int integrity) {
        return new Suite(
                REGISTRY.encryption(encryption, keyBits).orElseThrow(),
                REGISTRY.integrity(integrity).orElseThrow(),
                false);
    }

    static List<Encryption> encryptions() {
        List<Encryption> encryptions = new ArrayList<>();
        for (int id = EncrId.DES_EDE3_CBC; id <= EncrId.CHACHA20_POLY1305; id++) {
            for (int bits : new int[] {0, 128, 192, 256}) {
                REGISTRY.encryption(id, bits).ifPresent(encryptions::add);
            }
        }
        return encryptions;
    }

    static List<Integrity> integrities() {
        return IntStream.rangeClosed(IntegId.HMAC_MD5_96, IntegId.HMAC_SHA2_512_256)
                .boxed()
                .flatMap(id -> REGISTRY.integrity(id).stream())
                .toList();
    }

    EspCipher cipher(EspCiphers ciphers) {
        Random random = new Random(1);
        return cipher(ciphers, octets(random, encryption.keyLength()), octets(random, 64));
    }

    /** @param integrityKey of which as much is taken as the algorithm needs */
    EspCipher cipher(EspCiphers ciphers, byte[] key, byte[] integrityKey) {
        int bits = isVariable() ? encryption.cipherKeyLength() * Byte.SIZE : 0;
        Transform transform = new Transform(TransformType.ENCR, encryption.id(), bits);
        try (Secret encryptionKey = Secret.copyOf(key);
                Secret spare = Secret.copyOf(integrityKey)) {
            Optional<SaAlgorithms.Keyed> keyed = Optional.ofNullable(integrity)
                    .map(algorithm -> new SaAlgorithms.Keyed(
                            Transform.of(TransformType.INTEG, algorithm.id()), spare.slice(0, algorithm.keyLength())));
            return ciphers.cipher(new SaAlgorithms(transform, encryptionKey, keyed), extended);
        } catch (KernelException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether a packet is sealed to the same octets each time: not in CBC, whose IVs are random. */
    boolean isDeterministic() {
        return encryption.blockLength() == 1;
    }

    private boolean isVariable() {
        return switch (encryption.id()) {
            case EncrId.NULL, EncrId.DES_EDE3_CBC, EncrId.CHACHA20_POLY1305 -> false;
            default -> true;
        };
    }

    static byte[] octets(Random random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    @Override
    public String toString() {
        return encryption.name() + (integrity == null ? "" : "-" + integrity.name()) + (extended ? " esn" : "");
    }
}
