package org.ikebana.config.credential;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.crypto.SoftwareKey;
import org.ikebana.ike.crypto.UnusableKeyException;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.UnusableCertificateException;

/** The keys and certificates of a PKCS #12 container (RFC 7292). */
record Pkcs12File(List<SoftwareKey> keys, List<Certificate> certificates) {
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    static Pkcs12File read(byte[] content, List<Secret> passphrases) throws UnreadableException {
        for (Secret passphrase : passphrases) {
            char[] characters = new String(passphrase.bytes(), StandardCharsets.UTF_8).toCharArray();
            try {
                KeyStore store = KeyStore.getInstance("PKCS12", PROVIDER);
                store.load(new ByteArrayInputStream(content), characters);
                return contents(store, characters);
            } catch (UnusableKeyException | UnusableCertificateException e) {
                throw new UnreadableException("it holds " + e.getMessage());
            } catch (IOException | GeneralSecurityException | RuntimeException e) {
                continue; // not this one; what is said below holds for all of them
            } finally {
                Arrays.fill(characters, '\0');
            }
        }
        throw new UnreadableException(
                passphrases.isEmpty()
                        ? "no section secrets.pkcs12<suffix> opens it"
                        : "the secret given for it does not open it, or it is broken");
    }

    private static Pkcs12File contents(KeyStore store, char[] passphrase)
            throws GeneralSecurityException, UnusableKeyException, UnusableCertificateException {
        List<SoftwareKey> keys = new ArrayList<>();
        Set<Certificate> certificates = new LinkedHashSet<>();
        for (String alias : Collections.list(store.aliases())) {
            Key key = store.getKey(alias, passphrase);
            if (key != null) {
                try (Secret encoded = Secret.wrap(key.getEncoded())) {
                    keys.add(SoftwareKey.decode(encoded));
                }
            }
            java.security.cert.Certificate[] chain = store.getCertificateChain(alias);
            List<java.security.cert.Certificate> all =
                    chain == null ? List.of(store.getCertificate(alias)) : List.of(chain);
            for (java.security.cert.Certificate certificate : all) {
                certificates.add(Certificate.decode(Octets.wrap(certificate.getEncoded())));
            }
        }
        return new Pkcs12File(keys, List.copyOf(certificates));
    }
}
