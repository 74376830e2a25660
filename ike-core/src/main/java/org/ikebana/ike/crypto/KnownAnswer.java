package org.ikebana.ike.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Whether an algorithm makes of a fixed input what OpenSSL makes of it (and, for modp and the Brainpool curve that
 * OpenSSL lacks, and for ML-KEM, Python's integers). Keys, data and private values are the octets 1, 2, 3 and so on; an answer is
 * the first 16 octets of the output's SHA-256.
 */
final class KnownAnswer {
    private static final int ANSWER_LENGTH = 16;
    private static final int DATA_LENGTH = 50;
    private static final int ASSOCIATED_LENGTH = 28;
    private static final int TEXT_LENGTH = 48;

    private KnownAnswer() {}

    static boolean isGivenBy(Prf prf, String answer) {
        return matches(answer, prf.compute(counting(prf.keyLength()), counting(DATA_LENGTH)));
    }

    static boolean isGivenBy(Integrity integrity, String answer) {
        return matches(
                answer, integrity.compute(counting(integrity.keyLength()), counting(DATA_LENGTH), 0, DATA_LENGTH));
    }

    /** Of text and check value; the way back must lead to the text again, and not from a changed check value. */
    static boolean isGivenBy(IkeEncryption encryption, String answer) {
        int from = ASSOCIATED_LENGTH + encryption.ivLength();
        int to = from + TEXT_LENGTH;
        byte[] packet = counting(to + encryption.icvLength());
        byte[] text = Arrays.copyOfRange(packet, from, to);
        try (Secret key = Secret.wrap(counting(encryption.keyLength()));
                PacketCipher cipher = encryption.cipher(key)) {
            cipher.encrypt(packet, ASSOCIATED_LENGTH, from, to);
            boolean encrypts = matches(answer, Arrays.copyOfRange(packet, from, packet.length));
            boolean decrypts = Arrays.equals(text, cipher.decrypt(packet, ASSOCIATED_LENGTH, from, to));
            packet[packet.length - 1] ^= 1;
            boolean verifies = !encryption.isAead() || cipher.decrypt(packet, ASSOCIATED_LENGTH, from, to) == null;
            return encrypts && decrypts && verifies;
        }
    }

    /** Of the public value and of what it shares with its own private value. */
    static boolean isGivenBy(DiffieHellman method, String answer) {
        DhGroup group = method.group();
        byte[] privateValue = counting(group.privateLength());
        byte[] publicValue = group.publicValue(privateValue);
        try {
            return matches(answer, publicValue, group.sharedSecret(privateValue, publicValue));
        } catch (InvalidPublicValueException e) {
            return false;
        }
    }

    /** Of encapsulation key, ciphertext and secret; a changed ciphertext must give another secret. */
    static boolean isGivenBy(KemExchange method, String answer) {
        SecureRandom random = new CountingRandom();
        Kem kem = method.kem();
        try (Kem.DecapsulationKey key = kem.generate(random)) {
            Kem.Encapsulation made = kem.encapsulate(key.encapsulationKey(), random);
            byte[] tampered = made.ciphertext().clone();
            tampered[0] ^= 1;
            return matches(answer, key.encapsulationKey(), made.ciphertext(), made.shared())
                    && Arrays.equals(made.shared(), key.decapsulate(made.ciphertext()))
                    && !Arrays.equals(made.shared(), key.decapsulate(tampered));
        } catch (InvalidPublicValueException e) {
            return false;
        }
    }

    /** Whether it comes to the same secrets as one that has given its known answer, in either role. */
    static boolean agree(KeyExchange candidate, KeyExchange proven) {
        return sharesSecret(candidate, proven) && sharesSecret(proven, candidate);
    }

    private static boolean sharesSecret(KeyExchange initiating, KeyExchange responding) {
        SecureRandom random = new SecureRandom();
        try (KeyExchange.Initiator initiator = initiating.initiate(random)) {
            KeyExchange.Response response = responding.respond(initiator.publicValue(), random);
            try (Secret one = response.shared();
                    Secret other = initiator.complete(response.publicValue())) {
                return one.equals(other) && initiator.publicValue().length == responding.publicLength();
            }
        } catch (InvalidPublicValueException e) {
            return false;
        }
    }

    private static byte[] counting(int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (i + 1);
        }
        return octets;
    }

    /** The octets 1, 2, 3 and so on, however many are asked for at a time. */
    private static final class CountingRandom extends SecureRandom {
        private int drawn;

        @Override
        public void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) ++drawn;
            }
        }
    }

    private static boolean matches(String answer, byte[]... outputs) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (byte[] output : outputs) {
                sha256.update(output);
            }
            return HexFormat.of().formatHex(sha256.digest(), 0, ANSWER_LENGTH).equals(answer);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The Java platform offers no SHA-256", e);
        }
    }
}
