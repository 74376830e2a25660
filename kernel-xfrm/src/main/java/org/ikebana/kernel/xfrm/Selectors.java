package org.ikebana.kernel.xfrm;

import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmAddress;
import org.ikebana.kernel.xfrm.struct.XfrmId;
import org.ikebana.kernel.xfrm.struct.XfrmMark;
import org.ikebana.kernel.xfrm.struct.XfrmSelector;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaId;

/** Selectors, keys and marks in the kernel's form and in ours. */
final class Selectors {
    /** Matches everything; its family is left open. */
    static final XfrmSelector ANY = new XfrmSelector(XfrmAddress.ANY, XfrmAddress.ANY, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private Selectors() {}

    static XfrmSelector toKernel(PolicySelector selector) {
        return new XfrmSelector(
                XfrmAddress.of(selector.destination().address()),
                XfrmAddress.of(selector.source().address()),
                selector.destinationPort().port(),
                selector.destinationPort().mask(),
                selector.sourcePort().port(),
                selector.sourcePort().mask(),
                IpFamily.of(selector.source().address()).number(),
                selector.destination().length(),
                selector.source().length(),
                selector.protocol(),
                0,
                0);
    }

    static PolicySelector fromKernel(XfrmSelector selector) throws NetlinkFormatException {
        return new PolicySelector(
                new IpPrefix(selector.saddr().inFamily(selector.family()), selector.prefixlenS()),
                new IpPrefix(selector.daddr().inFamily(selector.family()), selector.prefixlenD()),
                selector.proto(),
                new PortMatch(selector.sport(), selector.sportMask()),
                new PortMatch(selector.dport(), selector.dportMask()));
    }

    static XfrmId id(SaKey key) {
        return new XfrmId(
                XfrmAddress.of(key.destination()),
                key.spi().value(),
                key.protocol().number());
    }

    static XfrmUsersaId said(SaKey key) {
        return new XfrmUsersaId(
                XfrmAddress.of(key.destination()),
                key.spi().value(),
                IpFamily.of(key.destination()).number(),
                key.protocol().number());
    }

    /** No mark is no attribute. */
    static Attributes withMark(Attributes attributes, Mark mark) {
        return mark.isNone() ? attributes : attributes.with(Xfrma.MARK, new XfrmMark(mark.value(), mark.mask()));
    }

    static Mark mark(Attributes attributes) {
        return attributes
                .get(Xfrma.MARK)
                .map(mark -> new Mark(mark.v(), mark.m()))
                .orElse(Mark.NONE);
    }

    /** Interface ID 0 is no attribute. */
    static Attributes withIfId(Attributes attributes, int ifId) {
        return ifId == 0 ? attributes : attributes.with(Xfrma.IF_ID, ifId);
    }
}
