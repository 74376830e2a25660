package org.ikebana.kernel.tun;

import java.net.InetAddress;
import java.util.List;
import org.ikebana.kernel.tun.plane.Addresses;
import org.ikebana.kernel.tun.plane.HostAddresses;

/** The host's addresses, replaced as a whole when they change. */
final class OwnAddresses implements HostAddresses {
    private volatile long[] pairs = {};

    void replace(List<InetAddress> addresses) {
        long[] next = new long[addresses.size() * 2];
        for (int i = 0; i < addresses.size(); i++) {
            next[2 * i] = Addresses.high(addresses.get(i));
            next[2 * i + 1] = Addresses.low(addresses.get(i));
        }
        pairs = next;
    }

    @Override
    public boolean contains(long high, long low) {
        long[] now = pairs;
        for (int i = 0; i < now.length; i += 2) {
            if (now[i + 1] == low && now[i] == high) {
                return true;
            }
        }
        return false;
    }
}
