package org.ikebana.ike.ts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {
    /** RFC 5952, sections 4 and 5. */
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,                         192.0.2.1",
        "2001:0db8::0001,                   2001:db8::1",
        "2001:DB8:0:0:0:0:2:1,              2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1,              2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1,                2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1,              2001:db8::1:0:0:1",
        "0:0:0:0:0:0:0:0,                   ::",
        "::1,                               ::1",
        "1::,                               1::",
        "fe80:0:0:0:1:0:0:0,                fe80::1:0:0:0",
        "::ffff:192.0.2.1,                  ::ffff:c000:201",
    })
    void printsTheShortestForm(String text, String shortest) {
        InetAddress address = AddressText.parse(text).orElseThrow();

        assertThat(AddressText.print(address)).isEqualTo(shortest);
        assertThat(AddressText.parse(shortest)).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "localhost",
                "example.org",
                "2001:db8::1::2",
                "fe80::1%lo",
                "[::1]",
                "12345::",
                ":",
                ":::",
                "1.2.3.4:",
                "dead.beef",
                " ::1"
            })
    void asksNoNameServer(String text) {
        assertThat(AddressText.parse(text)).isEmpty();
    }

    @Test
    void keepsAnIpv6AddressWithAnIpv4AddressInIt() {
        byte[] octets = new byte[16];
        octets[10] = (byte) 0xff;
        octets[11] = (byte) 0xff;

        assertThat(AddressText.ofOctets(octets)).isInstanceOf(Inet6Address.class);
        assertThat(AddressText.ofOctets(octets).getAddress()).isEqualTo(octets);
    }

    @Test
    void readsWhatItPrints() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            byte[] octets = new byte[16];
            for (int i = 0; i < octets.length; i++) {
                octets[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : 0);
            }
            InetAddress address = AddressText.ofOctets(octets);

            assertThat(AddressText.parse(AddressText.print(address)))
                    .as("seed %d", seed)
                    .contains(address);
        }
    }

    @Test
    void refusesOctetsThatAreNoAddress() {
        assertThatIllegalArgumentException().isThrownBy(() -> AddressText.ofOctets(new byte[5]));
    }
}
