package org.ikebana.kernel.xfrm.struct;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** {@code struct xfrmu_sadhinfo}. */
public record XfrmuSadhinfo(int sadhcnt, int sadhmcnt) implements Struct {
    public static final int SIZE = 8;
    private static final int SADHCNT = 0;
    private static final int SADHMCNT = 4;

    public static XfrmuSadhinfo read(CStruct source) {
        return new XfrmuSadhinfo(source.u32(SADHCNT), source.u32(SADHMCNT));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u32(SADHCNT, sadhcnt);
        target.u32(SADHMCNT, sadhmcnt);
    }
}
