package org.ikebana.ike.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpPrefixTest {
    @ParameterizedTest
    @CsvSource({
        "10.1.0.0, 16, 10.1.255.255, true",
        "10.1.0.0, 16, 10.2.0.0, false",
        "0.0.0.0, 0, 203.0.113.9, true",
        "0.0.0.0, 0, 2001:db8::1, false",
        "192.0.2.128, 25, 192.0.2.127, false",
        "192.0.2.128, 25, 192.0.2.255, true",
        "192.0.2.4, 31, 192.0.2.5, true",
        "192.0.2.4, 31, 192.0.2.6, false",
        "192.0.2.4, 32, 192.0.2.4, true",
        "192.0.2.4, 32, 192.0.2.5, false",
        "2001:db8::, 33, 2001:db8:7fff::1, true",
        "2001:db8::, 33, 2001:db8:8000::1, false",
        "2001:db8::1, 128, 2001:db8::1, true",
        "2001:db8::1, 128, 2001:db8::2, false",
    })
    void containsAddressesThatBeginLikeIt(String prefix, int length, String address, boolean contained) {
        IpPrefix network = new IpPrefix(InetAddress.ofLiteral(prefix), length);

        assertThat(network.contains(InetAddress.ofLiteral(address))).isEqualTo(contained);
    }
}
