package org.ikebana.ike.event;

/** Why an IKE SA goes to other addresses or ports. */
public enum MoveCause {
    NAT_MAPPING("the peer's NAT gave it another address or port"),
    NAT_FOUND("a NAT has come into the path or gone from it"),
    OWN_ADDRESS("this host reaches the peer from another address now"),
    PEER_ASKED("the peer asked for it"),
    PATH_DEAD("there was no answer on the old path");

    private final String words;

    MoveCause(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
