package org.ikebana.ike.crypto;

/** The seven keys of an IKE SA (RFC 7296 2.14). */
public record IkeKeys(Secret skD, Secret skAi, Secret skAr, Secret skEi, Secret skEr, Secret skPi, Secret skPr)
        implements AutoCloseable {
    @Override
    public void close() {
        skD.close();
        skAi.close();
        skAr.close();
        skEi.close();
        skEr.close();
        skPi.close();
        skPr.close();
    }
}
