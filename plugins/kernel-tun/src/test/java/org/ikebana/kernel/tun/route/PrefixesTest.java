package org.ikebana.kernel.tun.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.tun.route.Nets.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.api.Test;

class PrefixesTest {
    @Test
    void countsBitsFromTheLeft() {
        assertThat(contains("10.2.0.0/15", "10.3.255.255")).isTrue();
        assertThat(contains("10.2.0.0/15", "10.4.0.0")).isFalse();
        assertThat(contains("10.2.3.4/32", "10.2.3.4")).isTrue();
        assertThat(contains("10.2.3.4/32", "10.2.3.5")).isFalse();
        assertThat(contains("0.0.0.0/0", "255.255.255.255")).isTrue();
        assertThat(contains("2001:db8::/33", "2001:db8:7fff::")).isTrue();
        assertThat(contains("2001:db8::/33", "2001:db8:8000::")).isFalse();
        assertThat(contains("::/0", "10.2.3.4")).isFalse();
    }

    @Test
    void keepsMappedAddressesAsTheyAre() {
        InetAddress mapped = Prefixes.address(Octets.ofHex("00000000000000000000ffff0a020304"));

        assertThat(mapped).isInstanceOf(Inet6Address.class);
        assertThat(Prefixes.address(Octets.ofHex("0a020304"))).isEqualTo(InetAddress.ofLiteral("10.2.3.4"));
    }

    private static boolean contains(String prefix, String address) {
        return Prefixes.contains(net(prefix), InetAddress.ofLiteral(address));
    }
}
