package org.ikebana.kernel.netlink;

/** A value that holds secrets of its own. */
public interface Sensitive {
    /** It is of no use after that. */
    void wipe();
}
