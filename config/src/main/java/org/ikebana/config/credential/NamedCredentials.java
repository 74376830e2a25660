package org.ikebana.config.credential;

import java.util.List;
import org.ikebana.config.token.TokenPlace;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.crypto.VerifyingKey;
import org.ikebana.ike.x509.Certificate;

/** Finds what keys of the configuration name. What cannot be found is an error at its place. */
public interface NamedCredentials {
    /** @param names with commas between them */
    List<Certificate> certificates(Folder folder, String names, SourceRef place);

    /** On a token. */
    List<Certificate> certificates(Folder folder, TokenPlace where, SourceRef place);

    /** @param names with commas between them */
    List<VerifyingKey> publicKeys(String names, SourceRef place);
}
