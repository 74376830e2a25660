package org.ikebana.kernel.netlink;

/** Understands the messages of one netlink protocol. */
@FunctionalInterface
public interface NetlinkDecoder<M> {
    /** Keeps nothing of the message's memory. */
    M decode(NetlinkMessage message) throws NetlinkFormatException;
}
