package org.ikebana.ike.crypto;

/** What ESP may negotiate without confidentiality: known to us for the lengths of its keys alone. */
record EspOnlyEncryption(
        int id, String name, int cipherKeyLength, int saltLength, int ivLength, int blockLength, int icvLength)
        implements Encryption {
    @Override
    public boolean protectsIke() {
        return false;
    }
}
