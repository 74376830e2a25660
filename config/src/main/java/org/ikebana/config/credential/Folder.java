package org.ikebana.config.credential;

import java.util.Arrays;
import java.util.List;

/** The folders beside {@code swanctl.conf} that are read, named as strongSwan names them. */
public enum Folder {
    X509("x509"),
    X509CA("x509ca"),
    /** Of attribute authorities, whose certificates IKEv2 has no use for. */
    X509AA("x509aa"),
    X509OCSP("x509ocsp"),
    X509CRL("x509crl"),
    PUBKEY("pubkey"),
    PRIVATE("private"),
    RSA("rsa"),
    ECDSA("ecdsa"),
    PKCS8("pkcs8"),
    PKCS12("pkcs12");

    /** Those with files of one private key each. */
    static final List<Folder> OF_KEYS = List.of(PRIVATE, RSA, ECDSA, PKCS8);

    private final String path;

    Folder(String path) {
        this.path = path;
    }

    /** Also the name of the sections in {@code secrets} that open its files. */
    public String path() {
        return path;
    }

    static List<Folder> all() {
        return Arrays.asList(values());
    }
}
