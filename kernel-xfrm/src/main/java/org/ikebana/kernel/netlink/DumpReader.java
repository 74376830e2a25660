package org.ikebana.kernel.netlink;

import java.util.Optional;

/** Makes of one message of a dump what is to be kept of it; the message goes before the next one comes. */
@FunctionalInterface
public interface DumpReader<M, E> {
    /** Empty for what does not matter. */
    Optional<E> read(M message) throws NetlinkFormatException;
}
