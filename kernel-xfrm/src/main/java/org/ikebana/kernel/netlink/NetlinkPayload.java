package org.ikebana.kernel.netlink;

/** What stands behind a header: a fixed part and attributes, either of which may be missing. */
public interface NetlinkPayload {
    /** {@code nlmsg_type}. */
    int type();

    default Struct body() {
        return Struct.EMPTY;
    }

    default Attributes attributes() {
        return Attributes.NONE;
    }

    /** In octets. A message without attributes ends where its body ends, unpadded. */
    default int size() {
        return attributes().isEmpty()
                ? body().size()
                : Netlink.align(body().size()) + attributes().size();
    }

    /** Writes it into {@code target}: {@link #size} octets, all zero. */
    default void writeTo(CStruct target) {
        int bodySize = body().size();
        body().writeTo(target.slice(0, bodySize));
        if (!attributes().isEmpty()) {
            int offset = Netlink.align(bodySize);
            attributes().writeTo(target.slice(offset, target.size() - offset));
        }
    }
}
