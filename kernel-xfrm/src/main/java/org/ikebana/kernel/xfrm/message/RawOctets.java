package org.ikebana.kernel.xfrm.message;

import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.Struct;

/** The payload of a message whose type is not known. */
public record RawOctets(Octets octets) implements Struct {
    @Override
    public int size() {
        return octets.length();
    }

    @Override
    public void writeTo(CStruct target) {
        target.octets(0, octets);
    }
}
