package org.ikebana.kernel.rtnetlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.api.Test;

class RtaTest {
    @Test
    void keepsMappedAddressesAsTheyAre() {
        InetAddress mapped = Rta.address(Octets.ofHex("00000000000000000000ffff0a020304"));

        assertThat(mapped).isInstanceOf(Inet6Address.class);
        assertThat(Rta.address(Octets.ofHex("0a020304"))).isEqualTo(InetAddress.ofLiteral("10.2.3.4"));
    }
}
