package org.ikebana.ike.sa;

/** Where IKE SAs that come of others are made known. */
public interface IkeSaRegistry {
    /** An SPI that no IKE SA of ours has. */
    long freshSpi();

    void add(IkeSa ikeSa);
}
