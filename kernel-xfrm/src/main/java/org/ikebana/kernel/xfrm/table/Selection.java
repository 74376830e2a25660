package org.ikebana.kernel.xfrm.table;

import java.util.Optional;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.xfrm.struct.XfrmSelector;

/**
 * Which packets an entry is for.
 *
 * @param interfaceIndex the only interface that they may leave by; 0 for any
 */
public record Selection(PolicySelector selector, int interfaceIndex) {
    private static final int AF_UNSPEC = 0;

    /** Empty for a selector without family, which means every packet. */
    public static Optional<Selection> read(XfrmSelector selector) throws NetlinkFormatException {
        return selector.family() == AF_UNSPEC
                ? Optional.empty()
                : Optional.of(new Selection(
                        new PolicySelector(
                                new IpPrefix(selector.saddr().inFamily(selector.family()), selector.prefixlenS()),
                                new IpPrefix(selector.daddr().inFamily(selector.family()), selector.prefixlenD()),
                                selector.proto(),
                                new PortMatch(selector.sport(), selector.sportMask()),
                                new PortMatch(selector.dport(), selector.dportMask())),
                        selector.ifindex()));
    }
}
