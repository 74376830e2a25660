package org.ikebana.ike.sa;

/** Where IKE SAs that come of others are made known. */
public interface IkeSaRegistry {
    /** An SPI that no IKE SA of ours has. */
    long freshSpi();

    /** One that the peer learns before there is such an IKE SA, for the one that is to take the place of this one. */
    long promiseSpi(IkeSa before);

    /** Nothing came of it, or the IKE SA is there. */
    void withdraw(long promised);

    void add(IkeSa ikeSa);
}
