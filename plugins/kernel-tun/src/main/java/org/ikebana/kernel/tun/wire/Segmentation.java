package org.ikebana.kernel.tun.wire;

import org.ikebana.kernel.linux.Errno;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the kernel cuts one long message into datagrams (UDP_SEGMENT, udp(7)): until it refuses, for all that send. */
final class Segmentation {
    private static final Logger LOG = LoggerFactory.getLogger(Segmentation.class);

    private volatile boolean offered = true;

    boolean offered() {
        return offered;
    }

    /** Whether an error may mean that the kernel, or the way out of it, knows no UDP_SEGMENT. */
    static boolean mayBeRefused(int errno) {
        return errno == Errno.EINVAL.number()
                || errno == Errno.EIO.number()
                || errno == Errno.ENOPROTOOPT.number()
                || errno == Errno.EOPNOTSUPP.number();
    }

    /** It is, for the same datagrams went out one by one. */
    void refused(int errno) {
        if (offered) {
            offered = false;
            LOG.info(
                    "ESP in UDP is sent one datagram at a time, for UDP_SEGMENT is refused: {}", Errno.describe(errno));
        }
    }
}
