package org.ikebana.ike.kernel;

/** The protocol of an SA, with its IP protocol number. */
public enum SaProtocol {
    ESP(50),
    AH(51),
    IPCOMP(108);

    private final int number;

    SaProtocol(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
