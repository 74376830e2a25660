package org.ikebana.kernel.netlink;

/** A message to the kernel. */
public record NetlinkRequest(NetlinkPayload payload, int flags) {
    /** Something to be done: answered by an acknowledgement. */
    public static NetlinkRequest change(NetlinkPayload payload) {
        return new NetlinkRequest(payload, Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK);
    }

    /** Something to be done, with flags that say how: {@link Netlink#NLM_F_CREATE}, {@link Netlink#NLM_F_REPLACE}. */
    public static NetlinkRequest change(NetlinkPayload payload, int flags) {
        return new NetlinkRequest(payload, Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK | flags);
    }

    /** Answered by one message, or by an acknowledgement that carries an error. */
    public static NetlinkRequest query(NetlinkPayload payload) {
        return new NetlinkRequest(payload, Netlink.NLM_F_REQUEST);
    }

    /** Answered by any number of messages. */
    public static NetlinkRequest dump(NetlinkPayload payload) {
        return new NetlinkRequest(payload, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP);
    }

    /** In octets, header included, without the padding that follows. */
    public int size() {
        return NetlinkHeader.SIZE + payload.size();
    }

    /** Writes it into {@code target}: {@link #size} octets, all zero. */
    public void writeTo(CStruct target, int sequence) {
        new NetlinkHeader(target.size(), payload.type(), flags, sequence, 0)
                .writeTo(target.slice(0, NetlinkHeader.SIZE));
        payload.writeTo(target.slice(NetlinkHeader.SIZE, target.size() - NetlinkHeader.SIZE));
    }

    boolean isAcknowledged() {
        return (flags & Netlink.NLM_F_ACK) != 0;
    }
}
