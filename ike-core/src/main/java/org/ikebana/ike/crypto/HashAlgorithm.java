package org.ikebana.ike.crypto;

import java.util.Arrays;
import java.util.Optional;

/** Hash algorithms of signatures (IANA "IKEv2 Hash Algorithms"; RFC 7427 7, RFC 8420 2). */
public enum HashAlgorithm {
    SHA1(1, "sha1", "SHA-1", 20),
    SHA2_256(2, "sha256", "SHA-256", 32),
    SHA2_384(3, "sha384", "SHA-384", 48),
    SHA2_512(4, "sha512", "SHA-512", 64),
    /** The signature algorithm takes the message whole and needs no digest of it (RFC 8420 2). */
    IDENTITY(5, "identity", "", 0);

    private final int id;
    private final String keyword;
    private final String platformName;
    private final int length;

    HashAlgorithm(int id, String keyword, String platformName, int length) {
        this.id = id;
        this.keyword = keyword;
        this.platformName = platformName;
        this.length = length;
    }

    public static Optional<HashAlgorithm> ofId(int id) {
        return Arrays.stream(values()).filter(hash -> hash.id == id).findFirst();
    }

    public static Optional<HashAlgorithm> ofKeyword(String keyword) {
        return Arrays.stream(values())
                .filter(hash -> hash.keyword.equals(keyword))
                .findFirst();
    }

    /** As on the wire, in SIGNATURE_HASH_ALGORITHMS. */
    public int id() {
        return id;
    }

    /** As in {@code auth = pubkey-sha256}. */
    public String keyword() {
        return keyword;
    }

    /** Of the digest, in octets. */
    public int length() {
        return length;
    }

    /** The Java platform's, {@code SHA-256}. */
    public String platformName() {
        return platformName;
    }
}
