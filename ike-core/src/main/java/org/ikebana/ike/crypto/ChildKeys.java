package org.ikebana.ike.crypto;

/** The keys of a child SA pair, the initiator-to-responder ones first (RFC 7296 2.17); salt included. */
public record ChildKeys(Secret encryptionI, Secret integrityI, Secret encryptionR, Secret integrityR)
        implements AutoCloseable {
    @Override
    public void close() {
        encryptionI.close();
        integrityI.close();
        encryptionR.close();
        integrityR.close();
    }
}
