package org.ikebana.ike.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Whether an algorithm takes a signature that OpenSSL made, and none that was changed, and makes one with the same key
 * that it takes itself.
 */
final class KnownSignatures {
    private static final String FILE = "known-signatures.properties";
    private static final int MESSAGE_LENGTH = 50;

    private KnownSignatures() {}

    static boolean areVerifiedBy(SignatureAlgorithm algorithm) {
        Properties known = read();
        List<String> names = known.stringPropertyNames().stream()
                .filter(name -> name.startsWith("signature.")
                        && name.endsWith("." + algorithm.scheme().name()))
                .toList();
        return !names.isEmpty()
                && names.stream()
                        .allMatch(name -> isVerifiedBy(
                                algorithm, octets(known, "key." + name.split("\\.")[1]), octets(known, name)));
    }

    private static boolean isVerifiedBy(SignatureAlgorithm algorithm, byte[] privateKey, byte[] signature) {
        byte[] message = message();
        byte[] changed = message.clone();
        changed[0] ^= 1;
        byte[] forged = signature.clone();
        forged[forged.length - 1] ^= 1;
        try (Secret encoded = Secret.wrap(privateKey)) {
            SoftwareKey key = SoftwareKey.decode(encoded);
            byte[] own = key.sign(algorithm, message, new SecureRandom());
            return Stream.of(signature, own).allMatch(s -> algorithm.verify(key.publicKey(), message, s))
                    && !algorithm.verify(key.publicKey(), changed, signature)
                    && !algorithm.verify(key.publicKey(), message, forged);
        } catch (UnusableKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] message() {
        byte[] message = new byte[MESSAGE_LENGTH];
        for (int i = 0; i < message.length; i++) {
            message[i] = (byte) (i + 1);
        }
        return message;
    }

    private static byte[] octets(Properties known, String name) {
        return Base64.getDecoder().decode(known.getProperty(name));
    }

    private static Properties read() {
        try (InputStream file = KnownSignatures.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is not in the archive");
            }
            Properties known = new Properties();
            known.load(file);
            return known;
        } catch (IOException e) {
            throw new IllegalStateException(FILE + " cannot be read", e);
        }
    }
}
