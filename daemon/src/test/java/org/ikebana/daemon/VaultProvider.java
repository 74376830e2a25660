package org.ikebana.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ikebana.ike.auth.CredentialProvider;
import org.ikebana.ike.auth.CredentialStore;
import org.ikebana.ike.auth.SharedKey;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.crypto.Secret;

/** A provider as somebody else would write it: one key for anybody, in a file of its own. Registered in META-INF/services. */
public final class VaultProvider implements CredentialProvider {
    static final String FILE = "vault.txt";

    @Override
    public String name() {
        return "vault";
    }

    @Override
    public CredentialStore load(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            throw new IOException("there is no " + file + "; write the key into it");
        }
        String secret = Files.readString(file);
        return new SharedKeys(List.of(new SharedKey("vault", List.of(), Secret.wrap(secret.getBytes(UTF_8)))));
    }
}
