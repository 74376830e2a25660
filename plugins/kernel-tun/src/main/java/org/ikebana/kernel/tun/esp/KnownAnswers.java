package org.ikebana.kernel.tun.esp;

import static java.util.Map.entry;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.crypto.Encryption;
import org.ikebana.ike.crypto.Integrity;
import org.ikebana.ike.crypto.Secret;

/**
 * Whether algorithms make of fixed inputs what Java's own and OpenSSL's made of them when both agreed with the RFCs' test
 * vectors. Keys and packets are the octets 1, 2, 3 and so on; an answer is the first 8 octets of the output's SHA-256.
 */
final class KnownAnswers {
    private static final int ANSWER_LENGTH = 8;
    private static final int TEXT_LENGTH = 96;
    private static final int ROOM = 256;
    private static final long SEQUENCE = 0x1_0000_0002L;

    private static final Map<String, String> ANSWERS = Map.ofEntries(
            entry("3des", "69c8bf6d9674b2b7"),
            entry("aes128", "a00aed0493849185"),
            entry("aes192", "b9ad171191c6052c"),
            entry("aes256", "5e0a5f4eeabd4b2a"),
            entry("aes128ctr", "1a79bef9e75867ad"),
            entry("aes192ctr", "085795e8c0530ed1"),
            entry("aes256ctr", "8d6430605fa0a103"),
            entry("aes128ccm8", "750ac85f2c005f62"),
            entry("aes192ccm8", "68d02db3dfe5decf"),
            entry("aes256ccm8", "24b6439884308523"),
            entry("aes128ccm12", "a923f30970608096"),
            entry("aes192ccm12", "d9a65e39ea35e589"),
            entry("aes256ccm12", "6d553a7a4a6d11a6"),
            entry("aes128ccm16", "5bc11d330a918b28"),
            entry("aes192ccm16", "0b3e581e75b53b72"),
            entry("aes256ccm16", "c745a262cb1f29aa"),
            entry("aes128gcm8", "c1e726d507b8e9ae"),
            entry("aes192gcm8", "9a31f3f834d2e7b6"),
            entry("aes256gcm8", "3c83f6a57c242aba"),
            entry("aes128gcm12", "7baa86b4842adceb"),
            entry("aes192gcm12", "a800f9c2dcb241a2"),
            entry("aes256gcm12", "d7b472e60a83edf0"),
            entry("aes128gcm16", "fd2da22dc5a1c823"),
            entry("aes192gcm16", "0bb4df7e82d1a249"),
            entry("aes256gcm16", "96166f09a488e30c"),
            entry("aes128gmac", "3898e578b91dfb13"),
            entry("aes192gmac", "ef5daba75758db29"),
            entry("aes256gmac", "caefd8567c28a9dc"),
            entry("camellia128", "ed14ed4d9bd22aff"),
            entry("camellia192", "13a5deafaaf0c9d3"),
            entry("camellia256", "66b328ad296de56a"),
            entry("chacha20poly1305", "9bc95d275d5bf888"),
            entry("md5", "67d2a50f0170df39"),
            entry("sha1", "3f9fd39524b65684"),
            entry("aesxcbc", "9e4a29c6075b794f"),
            entry("md5_128", "c1f0b8ee395cedd9"),
            entry("sha1_160", "17e7c3c12ccc2be9"),
            entry("aescmac", "fafc66860e1ccb5a"),
            entry("sha256", "10fc077d7454543c"),
            entry("sha384", "5353dd0d5092637b"),
            entry("sha512", "3d2429dcac918d7d"));

    private KnownAnswers() {}

    /** True, too, where the source lacks the algorithm. */
    static boolean passes(CipherSource source, Encryption algorithm) {
        try (Secret key = Secret.wrap(counting(algorithm.keyLength()))) {
            Optional<Boolean> passes = algorithm.isAead()
                    ? source.aead(algorithm, key, true).map(aead -> passes(aead, algorithm))
                    : source.textCipher(algorithm, key).map(cipher -> passes(cipher, algorithm));
            return passes.orElse(true);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** True, too, where the source lacks the algorithm. */
    static boolean passes(CipherSource source, Integrity algorithm) {
        try (Secret key = Secret.wrap(counting(algorithm.keyLength()))) {
            return source.mac(algorithm, key).map(mac -> passes(mac, algorithm)).orElse(true);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** What was sealed must open again, and not with a changed ICV. */
    private static boolean passes(Protection aead, Encryption algorithm) {
        try (aead) {
            ByteBuffer packet = packet();
            packet.putInt(Integer.BYTES, (int) SEQUENCE);
            int textAt = EspCipher.HEADER_LENGTH + algorithm.ivLength();
            int length = textAt + TEXT_LENGTH + algorithm.icvLength();
            aead.protect(packet, 0, TEXT_LENGTH, SEQUENCE);
            ByteBuffer changed = packet();
            changed.put(0, packet, 0, length).put(length - 1, (byte) (packet.get(length - 1) ^ 1));
            return isAnswer(algorithm.name(), packet, textAt, length)
                    && !aead.unprotect(changed, 0, TEXT_LENGTH, SEQUENCE)
                    && aead.unprotect(packet, 0, TEXT_LENGTH, SEQUENCE)
                    && packet.slice(textAt, TEXT_LENGTH).equals(packet().slice(textAt, TEXT_LENGTH));
        }
    }

    /** Decryption leads to the answer; what was encrypted must decrypt again. */
    private static boolean passes(TextCipher cipher, Encryption algorithm) {
        try (cipher) {
            int textAt = algorithm.ivLength();
            ByteBuffer packet = packet();
            cipher.decrypt(packet, 0, TEXT_LENGTH);
            boolean decrypts = isAnswer(algorithm.name(), packet, textAt, textAt + TEXT_LENGTH);
            ByteBuffer back = packet();
            cipher.encrypt(back, 0, TEXT_LENGTH, SEQUENCE);
            boolean changes = !back.slice(textAt, TEXT_LENGTH).equals(packet().slice(textAt, TEXT_LENGTH));
            cipher.decrypt(back, 0, TEXT_LENGTH);
            return decrypts && changes && back.slice(textAt, TEXT_LENGTH).equals(packet().slice(textAt, TEXT_LENGTH));
        }
    }

    private static boolean passes(PacketMac mac, Integrity algorithm) {
        try (mac) {
            return isAnswer(algorithm.name(), mac.compute(packet(), 0, TEXT_LENGTH), 0, algorithm.icvLength());
        }
    }

    private static boolean isAnswer(String name, ByteBuffer output, int from, int to) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(output.slice(from, to - from));
            String answer = HexFormat.of().formatHex(sha256.digest(), 0, ANSWER_LENGTH);
            return answer.equals(ANSWERS.get(name));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime is not complete: it offers no SHA-256", e);
        }
    }

    private static ByteBuffer packet() {
        return ByteBuffer.allocateDirect(ROOM).put(0, counting(ROOM));
    }

    private static byte[] counting(int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (i + 1);
        }
        return octets;
    }
}
