package org.ikebana.kernel.tun.wire;

/**
 * What {@link EspSockets} are to be like.
 *
 * @param workers threads that receive and send ESP, at least 1; each has sockets of its own
 * @param raw whether raw ESP (IP protocol 50) is wanted besides ESP in UDP; it needs CAP_NET_RAW
 * @param mark of every packet that leaves (SO_MARK, socket(7)), which keeps it out of the routes into the tunnel device;
 *     needs CAP_NET_ADMIN. 0 for none
 */
public record EspSocketOptions(int workers, boolean raw, int mark) {
    public EspSocketOptions {
        if (workers < 1) {
            throw new IllegalArgumentException("at least one thread has to serve ESP's sockets, not " + workers);
        }
    }
}
