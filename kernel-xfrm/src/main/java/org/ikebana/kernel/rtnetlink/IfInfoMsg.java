package org.ikebana.kernel.rtnetlink;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/**
 * {@code struct ifinfomsg}: a network interface.
 *
 * @param type {@code ARPHRD_}
 * @param index 0 where a name stands for it
 * @param flags {@code IFF_}
 * @param change which flags are meant
 */
public record IfInfoMsg(int family, int type, int index, int flags, int change) implements Struct {
    public static final int SIZE = 16;
    public static final int IFF_UP = 0x1;

    private static final int IFI_FAMILY = 0;
    private static final int IFI_TYPE = 2;
    private static final int IFI_INDEX = 4;
    private static final int IFI_FLAGS = 8;
    private static final int IFI_CHANGE = 12;

    /** Any interface, or the one that an attribute names. */
    public static IfInfoMsg any() {
        return of(0);
    }

    public static IfInfoMsg of(int index) {
        return new IfInfoMsg(0, 0, index, 0, 0);
    }

    static IfInfoMsg read(CStruct source) {
        return new IfInfoMsg(
                source.u8(IFI_FAMILY),
                source.u16(IFI_TYPE),
                source.u32(IFI_INDEX),
                source.u32(IFI_FLAGS),
                source.u32(IFI_CHANGE));
    }

    public boolean isUp() {
        return (flags & IFF_UP) != 0;
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u8(IFI_FAMILY, family);
        target.u16(IFI_TYPE, type);
        target.u32(IFI_INDEX, index);
        target.u32(IFI_FLAGS, flags);
        target.u32(IFI_CHANGE, change);
    }
}
