package org.ikebana.kernel.link;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.Optional;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.rtnetlink.Ifa;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewAddress;
import org.ikebana.kernel.rtnetlink.RtMsg;
import org.ikebana.kernel.rtnetlink.Rta;

/**
 * An address of this host that others can reach. The better one is the smaller.
 *
 * @param networkLength of the prefix on the link, in bits
 * @param flags {@code IFA_F_}
 * @param interfaceIndex whose address it is
 */
record LocalAddress(InetAddress address, int networkLength, int flags, int interfaceIndex)
        implements Comparable<LocalAddress> {
    private static final Comparator<LocalAddress> BEST_FIRST = Comparator.comparing(
                    (LocalAddress a) -> a.has(Ifa.IFA_F_DEPRECATED))
            .thenComparing(LocalAddress::isAlone)
            .thenComparing(LocalAddress::networkLength, Comparator.reverseOrder())
            .thenComparing(a -> a.has(Ifa.IFA_F_SECONDARY))
            .thenComparing(LocalAddress::interfaceIndex);

    private static final int NOT_READY = Ifa.IFA_F_TENTATIVE | Ifa.IFA_F_DADFAILED;

    /** Empty if packets cannot come from it, or not from far. */
    static Optional<LocalAddress> of(NewAddress message) {
        Attributes attributes = message.attributes();
        int flags = attributes.get(Ifa.FLAGS).orElse(message.body().flags());
        boolean usable = (flags & NOT_READY) == 0 && message.body().scope() < RtMsg.RT_SCOPE_LINK;
        return attributes
                .get(Ifa.LOCAL)
                .or(() -> attributes.get(Ifa.ADDRESS))
                .filter(octets -> usable && (octets.length() == 4 || octets.length() == 16))
                .map(Rta::address)
                .map(ip -> new LocalAddress(
                        ip, message.body().prefixLength(), flags, message.body().index()));
    }

    @Override
    public int compareTo(LocalAddress other) {
        return BEST_FIRST.compare(this, other);
    }

    /** Without a network behind it: often a virtual address that another host may take over. */
    private boolean isAlone() {
        return networkLength == address.getAddress().length * 8;
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
