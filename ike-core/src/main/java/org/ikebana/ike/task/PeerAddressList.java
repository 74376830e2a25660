package org.ikebana.ike.task;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;

/** Further addresses of an end, beside the one in the IP header (RFC 4555 3.4, 3.6, 4.2.2, 4.2.3). */
final class PeerAddressList {
    /** What is beyond is left out, of ours and of a peer's. */
    static final int LIMIT = 32;

    private PeerAddressList() {}

    /** @param whenNone say so where there are none; in IKE_AUTH nothing is said */
    static void add(List<Payload> payloads, List<InetAddress> addresses, boolean whenNone) {
        addresses.stream().limit(LIMIT).forEach(address -> payloads.add(notify(address)));
        if (addresses.isEmpty() && whenNone) {
            payloads.add(NotifyPayload.of(NotifyType.NO_ADDITIONAL_ADDRESSES));
        }
    }

    /** Empty where the message says nothing about it. What can be no host's own address is passed over. */
    static Optional<List<InetAddress>> read(InboundMessage message) {
        boolean isTold = message.notify(NotifyType.NO_ADDITIONAL_ADDRESSES).isPresent();
        List<InetAddress> addresses = new ArrayList<>();
        for (NotifyPayload notify : message.all(NotifyPayload.class)) {
            if (isAddress(notify)) {
                isTold = true;
                address(notify.data())
                        .filter(PeerAddressList::isHosts)
                        .filter(address -> addresses.size() < LIMIT && !addresses.contains(address))
                        .ifPresent(addresses::add);
            }
        }
        return isTold ? Optional.of(List.copyOf(addresses)) : Optional.empty();
    }

    private static NotifyPayload notify(InetAddress address) {
        int type =
                address instanceof Inet4Address ? NotifyType.ADDITIONAL_IP4_ADDRESS : NotifyType.ADDITIONAL_IP6_ADDRESS;
        return NotifyPayload.of(type, Octets.wrap(address.getAddress()));
    }

    private static boolean isAddress(NotifyPayload notify) {
        int length = notify.data().length();
        return notify.notifyType() == NotifyType.ADDITIONAL_IP4_ADDRESS && length == 4
                || notify.notifyType() == NotifyType.ADDITIONAL_IP6_ADDRESS && length == 16;
    }

    private static Optional<InetAddress> address(Octets octets) {
        try {
            return Optional.of(InetAddress.getByAddress(octets.toByteArray()));
        } catch (UnknownHostException e) {
            return Optional.empty(); // of a length that is neither IPv4's nor IPv6's
        }
    }

    private static boolean isHosts(InetAddress address) {
        return !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isMulticastAddress();
    }
}
