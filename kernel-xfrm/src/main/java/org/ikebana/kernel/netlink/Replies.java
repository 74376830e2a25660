package org.ikebana.kernel.netlink;

import java.io.IOException;

/** What the kernel replies to something that was sent. */
interface Replies {
    /** Passes over what belongs to something else: late replies to an exchange that was given up. */
    void take(NetlinkMessage message) throws IOException;

    boolean isComplete();
}
