package org.ikebana.kernel.rtnetlink;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/**
 * {@code struct ifaddrmsg}: an address of this host.
 *
 * @param prefixLength of the network on the link
 * @param flags the lower eight bits of {@link Ifa#FLAGS}
 * @param scope {@code RT_SCOPE_}
 * @param index of the interface
 */
public record IfAddrMsg(int family, int prefixLength, int flags, int scope, int index) implements Struct {
    public static final int SIZE = 8;

    private static final int IFA_FAMILY = 0;
    private static final int IFA_PREFIXLEN = 1;
    private static final int IFA_FLAGS = 2;
    private static final int IFA_SCOPE = 3;
    private static final int IFA_INDEX = 4;

    /** All addresses of both families. */
    public static IfAddrMsg any() {
        return new IfAddrMsg(0, 0, 0, 0, 0);
    }

    static IfAddrMsg read(CStruct source) {
        return new IfAddrMsg(
                source.u8(IFA_FAMILY),
                source.u8(IFA_PREFIXLEN),
                source.u8(IFA_FLAGS),
                source.u8(IFA_SCOPE),
                source.u32(IFA_INDEX));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u8(IFA_FAMILY, family);
        target.u8(IFA_PREFIXLEN, prefixLength);
        target.u8(IFA_FLAGS, flags);
        target.u8(IFA_SCOPE, scope);
        target.u32(IFA_INDEX, index);
    }
}
