package org.ikebana.ike.crypto;

/** The seven keys of an IKE SA (RFC 7296 2.14). */
public record IkeKeys(Secret skD, Secret skAi, Secret skAr, Secret skEi, Secret skEr, Secret skPi, Secret skPr)
        implements AutoCloseable {
    /** Wipes SK_d, SK_pi and SK_pr alone, which a PPK is mixed into; the others go on with what came of that. */
    public void closeDerived() {
        skD.close();
        skPi.close();
        skPr.close();
    }

    /** Wipes SK_pi and SK_pr, which nothing is signed with once both ends have been authenticated (RFC 7296 2.15). */
    public IkeKeys authenticated() {
        skPi.close();
        skPr.close();
        return new IkeKeys(skD, skAi, skAr, skEi, skEr, Secret.EMPTY, Secret.EMPTY);
    }

    @Override
    public void close() {
        closeDerived();
        skAi.close();
        skAr.close();
        skEi.close();
        skEr.close();
    }
}
