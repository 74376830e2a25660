package org.ikebana.kernel.udp;

import java.net.InetSocketAddress;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;

/** What an error of sendmsg(2) means to IKE. */
final class SendErrors {
    private SendErrors() {}

    /** Whether sending the same once more may do: IKE repeats what is lost (RFC 7296 2.1). */
    static boolean passing(int errno) {
        return Errno.of(errno)
                .filter(e -> switch (e) {
                    // ECONNREFUSED is left behind by an ICMP error that answered an earlier datagram.
                    case EAGAIN, ENOBUFS, ENOMEM, ECONNREFUSED -> true;
                    default -> false;
                })
                .isPresent();
    }

    static ErrnoException lasting(int errno, int length, InetSocketAddress local, InetSocketAddress remote) {
        String attempt = "cannot send %d octets from %s to %s".formatted(length, text(local), text(remote));
        return Errno.of(errno)
                .map(e -> switch (e) {
                    case EPERM -> new ErrnoException(attempt, errno, "EPERM: the firewall of this host forbids it");
                    case EINVAL, ENETUNREACH ->
                        new ErrnoException(
                                attempt,
                                errno,
                                "%s: no route from %s, or that is no longer an address of this host"
                                        .formatted(e.name(), local.getAddress().getHostAddress()));
                    default -> new ErrnoException(attempt, errno);
                })
                .orElseGet(() -> new ErrnoException(attempt, errno));
    }

    /** As {@code 192.0.2.1:500} or {@code [2001:db8::1]:500}, without a host name. */
    static String text(InetSocketAddress address) {
        String ip = address.getAddress().getHostAddress();
        return (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + address.getPort();
    }
}
