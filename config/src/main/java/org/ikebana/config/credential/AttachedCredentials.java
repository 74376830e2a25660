package org.ikebana.config.credential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.token.TokenPlace;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.Certificate;

/** Certificates and public keys that come with what names them, in PEM or DER; files and tokens may be named as well. */
public final class AttachedCredentials implements NamedCredentials {
    private final Map<String, Octets> attachments = new HashMap<>();
    private final NamedCredentials elsewhere;
    private final Problems problems;

    public AttachedCredentials(NamedCredentials elsewhere, Problems problems) {
        this.elsewhere = elsewhere;
        this.problems = problems;
    }

    /** The name that stands for it. */
    public String attach(Octets encoded) {
        String name = "//" + attachments.size(); // as no file is called
        attachments.put(name, encoded);
        return name;
    }

    @Override
    public List<Certificate> certificates(Folder folder, String names, SourceRef place) {
        List<Certificate> found = new ArrayList<>();
        for (String name : CredentialFolders.items(names)) {
            Octets encoded = attachments.get(name);
            found.addAll(
                    encoded == null
                            ? elsewhere.certificates(folder, name, place)
                            : decode(encoded, CredentialFile::certificates, place));
        }
        return found;
    }

    @Override
    public List<Certificate> certificates(Folder folder, TokenPlace where, SourceRef place) {
        return elsewhere.certificates(folder, where, place);
    }

    @Override
    public List<VerifyingKey> publicKeys(String names, SourceRef place) {
        List<VerifyingKey> found = new ArrayList<>();
        for (String name : CredentialFolders.items(names)) {
            Octets encoded = attachments.get(name);
            found.addAll(
                    encoded == null
                            ? elsewhere.publicKeys(name, place)
                            : decode(encoded, content -> List.of(CredentialFile.publicKey(content)), place));
        }
        return found;
    }

    /** What the octets are. */
    @FunctionalInterface
    private interface Decoding<T> {
        List<T> decode(byte[] content) throws UnreadableException;
    }

    private <T> List<T> decode(Octets encoded, Decoding<T> decoding, SourceRef place) {
        try {
            return decoding.decode(encoded.toByteArray());
        } catch (UnreadableException e) {
            problems.error(place, "what was sent is of no use: " + e.getMessage(), "send it in PEM or DER");
            return List.of();
        }
    }
}
