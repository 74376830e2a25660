package org.ikebana.config.credential;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.ikebana.ike.crypto.UnusableKeyException;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.RevocationList;
import org.ikebana.ike.x509.UnusableCertificateException;
import org.ikebana.ike.x509.UnusableStatusException;

/** Certificates and public keys in a file, in PEM or DER. */
public final class CredentialFile {
    private CredentialFile() {}

    /** At least one. */
    public static List<Certificate> certificates(byte[] content) throws UnreadableException {
        List<Certificate> certificates = new ArrayList<>();
        for (byte[] encoded : objects(content, "CERTIFICATE", "a certificate")) {
            try {
                certificates.add(Certificate.decode(Octets.wrap(encoded)));
            } catch (UnusableCertificateException e) {
                throw new UnreadableException("it holds " + e.getMessage());
            }
        }
        return certificates;
    }

    /** At least one. */
    public static List<RevocationList> lists(byte[] content) throws UnreadableException {
        List<RevocationList> lists = new ArrayList<>();
        for (byte[] encoded : objects(content, "X509 CRL", "a revocation list")) {
            try {
                lists.add(RevocationList.decode(Octets.wrap(encoded)));
            } catch (UnusableStatusException e) {
                throw new UnreadableException(String.valueOf(e.getMessage()));
            }
        }
        return lists;
    }

    public static VerifyingKey publicKey(byte[] content) throws UnreadableException {
        try {
            return VerifyingKey.decode(
                    Octets.wrap(objects(content, "PUBLIC KEY", "a public key").getFirst()));
        } catch (UnusableKeyException e) {
            throw new UnreadableException("it holds " + e.getMessage());
        }
    }

    public static boolean isPem(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
    }

    /** Of PEM all objects of this type, of DER the file itself. */
    private static List<byte[]> objects(byte[] content, String type, String words) throws UnreadableException {
        if (!isPem(content)) {
            return List.of(content);
        }
        List<byte[]> found = new ArrayList<>();
        try (var reader = new PemReader(new StringReader(new String(content, StandardCharsets.ISO_8859_1)))) {
            for (PemObject object = reader.readPemObject(); object != null; object = reader.readPemObject()) {
                if (object.getType().endsWith(type)) {
                    found.add(object.getContent());
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new UnreadableException("its PEM encoding is broken");
        }
        if (found.isEmpty()) {
            throw new UnreadableException("it holds no " + type + " in PEM, though it should be " + words);
        }
        return found;
    }
}
