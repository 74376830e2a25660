package org.ikebana.daemon.pki;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.ikebana.config.credential.CredentialFile;
import org.ikebana.config.credential.PrivateKeyFile;
import org.ikebana.config.credential.UnreadableException;
import org.ikebana.daemon.authority.AuthorityException;
import org.ikebana.daemon.authority.Requests;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.crypto.SoftwareKey;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.x509.Certificate;

/**
 * What a file holds, in PEM or DER.
 *
 * @param name for messages
 */
record InputFile(String name, byte[] content) {
    /** In octets. A revocation list may be long. */
    private static final int MAX_LENGTH = 16 << 20;

    /** @param file standard input if not given */
    static InputFile read(Optional<Path> file) throws AuthorityException {
        String name = file.map(Path::toString).orElse("standard input");
        try (InputStream in = file.isPresent() ? Files.newInputStream(file.get()) : System.in) {
            byte[] content = in.readNBytes(MAX_LENGTH);
            if (content.length == MAX_LENGTH) {
                throw new AuthorityException(
                        name + ": it has " + MAX_LENGTH + " octets or more; is it the right file?");
            }
            return new InputFile(name, content);
        } catch (NoSuchFileException e) {
            throw new AuthorityException(name + ": there is no such file; check its name");
        } catch (AccessDeniedException e) {
            throw new AuthorityException(name + ": permission is denied; run this as its owner");
        } catch (IOException e) {
            throw new AuthorityException(name + ": it cannot be read: " + e.getMessage());
        }
    }

    SoftwareKey privateKey() throws AuthorityException {
        List<Secret> passphrases = isEncrypted() ? List.of(askPassphrase()) : List.of();
        try {
            return PrivateKeyFile.read(content, passphrases);
        } catch (UnreadableException e) {
            throw wrong(e.getMessage(), "give a private key, as 'ikebana pki gen' makes it");
        } finally {
            passphrases.forEach(Secret::close);
        }
    }

    /** Of a private key, a certificate, a request, or itself. */
    VerifyingKey publicKey() throws AuthorityException {
        Optional<PKCS10CertificationRequest> request = request();
        if (request.isPresent()) {
            return Requests.publicKey(request.get());
        }
        Optional<Certificate> certificate = certificateIfAny();
        if (certificate.isPresent()) {
            return certificate.get().publicKey();
        }
        try {
            return CredentialFile.publicKey(content);
        } catch (UnreadableException e) {
            return privateKeyOr("neither a key nor a certificate nor a request");
        }
    }

    Certificate certificate() throws AuthorityException {
        return certificates().getFirst();
    }

    List<Certificate> certificates() throws AuthorityException {
        try {
            return CredentialFile.certificates(content);
        } catch (UnreadableException e) {
            throw wrong(e.getMessage(), "give a certificate");
        }
    }

    X509CRLHolder revocationList() throws AuthorityException {
        return revocationListIfAny().orElseThrow(() -> wrong("it holds no revocation list", "give one in PEM or DER"));
    }

    Optional<X509CRLHolder> revocationListIfAny() {
        return der("X509 CRL").flatMap(der -> {
            try {
                return Optional.of(new X509CRLHolder(der));
            } catch (IOException | RuntimeException e) {
                return Optional.empty(); // Bouncy Castle refuses malformed ASN.1 with exceptions of many kinds
            }
        });
    }

    Optional<Certificate> certificateIfAny() {
        try {
            return Optional.of(CredentialFile.certificates(content).getFirst());
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    Optional<PKCS10CertificationRequest> request() {
        return der("CERTIFICATE REQUEST").flatMap(der -> {
            try {
                var request = new PKCS10CertificationRequest(der);
                return Optional.of(request).filter(r -> r.getSubject() != null);
            } catch (IOException | RuntimeException e) {
                return Optional.empty(); // as above
            }
        });
    }

    boolean isPrivateKey() {
        return isEncrypted() || text().contains("PRIVATE KEY-----") || isPlainDerKey();
    }

    private boolean isPlainDerKey() {
        try {
            PrivateKeyFile.read(content, List.of());
            return true;
        } catch (UnreadableException e) {
            return false;
        }
    }

    private VerifyingKey privateKeyOr(String what) throws AuthorityException {
        if (!isPrivateKey()) {
            throw wrong("it holds " + what + " that can be understood", "give one in PEM or DER");
        }
        return privateKey().publicKey();
    }

    private boolean isEncrypted() {
        return text().contains("ENCRYPTED");
    }

    private String text() {
        return CredentialFile.isPem(content) ? new String(content, StandardCharsets.ISO_8859_1) : "";
    }

    /** Of PEM the first object of this type, of DER the file itself. */
    private Optional<byte[]> der(String type) {
        if (!CredentialFile.isPem(content)) {
            return Optional.of(content);
        }
        try (var reader = new PemReader(new StringReader(text()))) {
            for (PemObject object = reader.readPemObject(); object != null; object = reader.readPemObject()) {
                if (object.getType().endsWith(type)) {
                    return Optional.of(object.getContent());
                }
            }
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // broken PEM holds nothing
        }
    }

    private Secret askPassphrase() throws AuthorityException {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw wrong("it is encrypted, and there is no terminal to ask for its passphrase at", "run this at one");
        }
        char[] typed = console.readPassword("Passphrase of %s: ", name);
        if (typed == null) {
            throw wrong("it is encrypted, and no passphrase was typed", "type it when asked");
        }
        try {
            return Secret.wrap(new String(typed).getBytes(StandardCharsets.UTF_8));
        } finally {
            Arrays.fill(typed, '\0');
        }
    }

    private AuthorityException wrong(@org.jspecify.annotations.Nullable String problem, String remedy) {
        return new AuthorityException(name + ": " + problem + "; " + remedy);
    }
}
