package org.ikebana.ike.crypto;

/** An integrity algorithm with its IKE truncation (RFC 7296 3.3.2, RFC 4868). */
public interface Integrity {
    /** IANA transform ID, {@link org.ikebana.ike.wire.IntegId}. */
    int id();

    /** As in proposals, {@code sha256}. */
    String name();

    /** Key length in octets. */
    int keyLength();

    /** Length of the integrity check value in octets, after truncation. */
    int icvLength();

    /** The truncated check value over {@code data[from, to)}. */
    byte[] compute(byte[] key, byte[] data, int from, int to);
}
