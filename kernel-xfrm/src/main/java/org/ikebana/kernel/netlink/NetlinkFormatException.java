package org.ikebana.kernel.netlink;

import java.io.IOException;

/** What came from a netlink socket is not laid out as its type says. */
public final class NetlinkFormatException extends IOException {
    public NetlinkFormatException(String message) {
        super(message);
    }
}
