package org.ikebana.kernel.xfrm.message;

import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** A plain {@code __u32 flags}, which messages about the databases begin with; iproute2 sets all bits. */
public record FlagsWord(int value) implements Struct {
    public static final int SIZE = 4;
    public static final FlagsWord ALL = new FlagsWord(-1);

    static FlagsWord read(CStruct source) {
        return new FlagsWord(source.u32(0));
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public void writeTo(CStruct target) {
        target.u32(0, value);
    }
}
