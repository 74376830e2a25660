package org.ikebana.config.credential;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.crypto.SoftwareKey;
import org.ikebana.ike.crypto.UnusableKeyException;

/** A private key in a file: PKCS #8, encrypted or not, or the older forms of RSA and curves, in PEM or DER. */
public final class PrivateKeyFile {
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private PrivateKeyFile() {}

    /** @param passphrases to try if it is encrypted */
    public static SoftwareKey read(byte[] content, List<Secret> passphrases) throws UnreadableException {
        try {
            return CredentialFile.isPem(content) ? pem(content, passphrases) : der(content, passphrases);
        } catch (UnusableKeyException e) {
            throw new UnreadableException("it holds " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            // Bouncy Castle refuses malformed keys with exceptions of many kinds; none is to be repeated.
            throw new UnreadableException("it holds no private key that can be understood");
        }
    }

    private static SoftwareKey der(byte[] content, List<Secret> passphrases)
            throws UnusableKeyException, UnreadableException {
        try (Secret plain = Secret.copyOf(content)) {
            return SoftwareKey.decode(plain);
        } catch (UnusableKeyException notPlain) {
            PKCS8EncryptedPrivateKeyInfo encrypted = encrypted(content);
            if (encrypted == null) {
                throw notPlain;
            }
            return opened(passphrase -> decrypt(encrypted, passphrase), passphrases);
        }
    }

    @org.jspecify.annotations.Nullable private static PKCS8EncryptedPrivateKeyInfo encrypted(byte[] content) {
        try {
            return new PKCS8EncryptedPrivateKeyInfo(content);
        } catch (IOException | RuntimeException e) {
            return null; // nor is it encrypted
        }
    }

    private static SoftwareKey pem(byte[] content, List<Secret> passphrases)
            throws IOException, UnusableKeyException, UnreadableException {
        try (var parser = new PEMParser(new StringReader(new String(content, StandardCharsets.ISO_8859_1)))) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                switch (object) {
                    case PrivateKeyInfo plain -> {
                        return decode(plain);
                    }
                    case PEMKeyPair plain -> {
                        return decode(plain.getPrivateKeyInfo());
                    }
                    case PKCS8EncryptedPrivateKeyInfo encrypted -> {
                        return opened(passphrase -> decrypt(encrypted, passphrase), passphrases);
                    }
                    case PEMEncryptedKeyPair encrypted -> {
                        return opened(passphrase -> decrypt(encrypted, passphrase), passphrases);
                    }
                    default -> {} // curve parameters before a key, certificates beside it
                }
            }
        }
        throw new UnreadableException("it holds no private key");
    }

    /** Decrypts with one passphrase; throws if that is not the one. */
    @FunctionalInterface
    private interface Opening {
        PrivateKeyInfo open(char[] passphrase) throws IOException, PKCSException, OperatorCreationException;
    }

    private static SoftwareKey opened(Opening opening, List<Secret> passphrases)
            throws UnreadableException, UnusableKeyException {
        for (Secret passphrase : passphrases) {
            char[] characters = characters(passphrase);
            try {
                return decode(opening.open(characters));
            } catch (IOException | PKCSException | OperatorCreationException | RuntimeException e) {
                continue; // not this one; what is said below holds for all of them
            } finally {
                Arrays.fill(characters, '\0');
            }
        }
        throw new UnreadableException(
                passphrases.isEmpty()
                        ? "it is encrypted, and no section of secrets opens it"
                        : "it is encrypted, and the secret given for it does not open it");
    }

    private static PrivateKeyInfo decrypt(PKCS8EncryptedPrivateKeyInfo encrypted, char[] passphrase)
            throws PKCSException, OperatorCreationException {
        return encrypted.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                .setProvider(PROVIDER)
                .build(passphrase));
    }

    private static PrivateKeyInfo decrypt(PEMEncryptedKeyPair encrypted, char[] passphrase) throws PEMException {
        try {
            return encrypted
                    .decryptKeyPair(new JcePEMDecryptorProviderBuilder()
                            .setProvider(PROVIDER)
                            .build(passphrase))
                    .getPrivateKeyInfo();
        } catch (IOException e) {
            throw new PEMException("not opened", e);
        }
    }

    private static SoftwareKey decode(PrivateKeyInfo info) throws IOException, UnusableKeyException {
        try (Secret encoded = Secret.wrap(info.getEncoded())) {
            return SoftwareKey.decode(encoded);
        }
    }

    private static char[] characters(Secret passphrase) {
        return new String(passphrase.bytes(), StandardCharsets.UTF_8).toCharArray();
    }
}
