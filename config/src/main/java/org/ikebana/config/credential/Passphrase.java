package org.ikebana.config.credential;

import org.ikebana.ike.crypto.Secret;

/**
 * What opens an encrypted file, from {@code secrets.private<suffix>} and its like.
 *
 * @param file in its folder; empty for any there
 */
public record Passphrase(Folder folder, String file, Secret secret) {
    boolean opens(Folder other, String name) {
        return folder == other && (file.isEmpty() || file.equals(name));
    }
}
