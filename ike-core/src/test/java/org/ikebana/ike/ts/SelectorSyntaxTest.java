package org.ikebana.ike.ts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorSyntaxTest {
    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16,                      10.1.0.0,    10.1.255.255, 0,   0,     65535, 10.1.0.0/16",
        "10.1.2.3/16,                      10.1.0.0,    10.1.255.255, 0,   0,     65535, 10.1.0.0/16",
        "0.0.0.0/0,                        0.0.0.0,     255.255.255.255, 0, 0,    65535, 0.0.0.0/0",
        "192.0.2.1,                        192.0.2.1,   192.0.2.1,    0,   0,     65535, 192.0.2.1/32",
        "10.1.0.5-10.1.0.9,                10.1.0.5,    10.1.0.9,     0,   0,     65535, 10.1.0.5..10.1.0.9",
        "10.1.0.5 - 10.1.0.9,              10.1.0.5,    10.1.0.9,     0,   0,     65535, 10.1.0.5..10.1.0.9",
        "10.1.0.0-10.1.0.255,              10.1.0.0,    10.1.0.255,   0,   0,     65535, 10.1.0.0/24",
        "10.1.0.5..10.1.0.9[udp/1000-2000], 10.1.0.5,   10.1.0.9,     17,  1000,  2000,  10.1.0.5..10.1.0.9[udp/1000-2000]",
        "2001:db8::/32[tcp/http],          2001:db8::,  2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 6, 80, 80, 2001:db8::/32[tcp/80]",
        "::/0,                             ::,          ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 0, 0, 65535, ::/0",
        "fec0::1-fec0::4fff[ipv6-icmp],    fec0::1,     fec0::4fff,   58,  0,     65535, fec0::1..fec0::4fff[ipv6-icmp]",
        "192.0.2.1/32[gre],                192.0.2.1,   192.0.2.1,    47,  0,     65535, 192.0.2.1/32[gre]",
        "192.0.2.1/32[TCP/HTTPS],          192.0.2.1,   192.0.2.1,    6,   443,   443,   192.0.2.1/32[tcp/443]",
        "192.0.2.1/32[6/80],               192.0.2.1,   192.0.2.1,    6,   80,    80,    192.0.2.1/32[tcp/80]",
        "192.0.2.1/32[sctp/any],           192.0.2.1,   192.0.2.1,    132, 0,     65535, 192.0.2.1/32[sctp]",
        "192.0.2.1/32[tcp/opaque],         192.0.2.1,   192.0.2.1,    6,   65535, 0,     192.0.2.1/32[tcp/OPAQUE]",
        "192.0.2.1/32[any/53],             192.0.2.1,   192.0.2.1,    0,   53,    53,    192.0.2.1/32[0/53]",
        "192.0.2.1/32[/53],                192.0.2.1,   192.0.2.1,    0,   53,    53,    192.0.2.1/32[0/53]",
        "192.0.2.1/32[254],                192.0.2.1,   192.0.2.1,    254, 0,     65535, 192.0.2.1/32[254]",
        "192.0.2.1/32[icmp],               192.0.2.1,   192.0.2.1,    1,   0,     65535, 192.0.2.1/32[icmp]",
        "192.0.2.1/32[icmp/8],             192.0.2.1,   192.0.2.1,    1,   2048,  2048,  192.0.2.1/32[icmp/8]",
        "192.0.2.1/32[icmp/8(0)],          192.0.2.1,   192.0.2.1,    1,   2048,  2048,  192.0.2.1/32[icmp/8]",
        "192.0.2.1/32[icmp/3(4)],          192.0.2.1,   192.0.2.1,    1,   772,   772,   192.0.2.1/32[icmp/3(4)]",
        "192.0.2.1/32[icmp/2048],          192.0.2.1,   192.0.2.1,    1,   2048,  2048,  192.0.2.1/32[icmp/8]",
        "192.0.2.1/32[icmp/8-8(255)],      192.0.2.1,   192.0.2.1,    1,   2048,  2303,  192.0.2.1/32[icmp/8-8(255)]",
        "192.0.2.1/32[icmp/0-8],           192.0.2.1,   192.0.2.1,    1,   0,     2048,  192.0.2.1/32[icmp/0-8]",
    })
    void readsWhatStrongSwanReads(
            String text, String start, String end, int protocol, int startPort, int endPort, String printed)
            throws Exception {
        TrafficSelector selector = SelectorSyntax.parse(text);

        assertThat(selector)
                .isEqualTo(TrafficSelector.of(
                        IpRangeTest.range(start, end), new ProtocolPorts(protocol, startPort, endPort)));
        assertThat(selector).hasToString(printed);
        assertThat(SelectorSyntax.parse(printed)).isEqualTo(selector);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "10.1.0.0/33            | 9  | '33' is no prefix length from 0 to 32",
                "2001:db8::/129         | 11 | '129' is no prefix length from 0 to 128",
                "10.1.0.0/              | 9  | '' is no prefix length from 0 to 32",
                "10.1.0.0/-1            | 9  | '-1' is no prefix length from 0 to 32",
                "10.1.0/16              | 0  | '10.1.0' is no IPv4 or IPv6 address",
                "sun.example.org        | 0  | 'sun.example.org' is no IPv4 or IPv6 address",
                "10.0.0.9-10.0.0.5      | 0  | '10.0.0.9-10.0.0.5' is no range: the second address has to be of the same family and not below the first",
                "10.0.0.9-2001:db8::1   | 0  | '10.0.0.9-2001:db8::1' is no range: the second address has to be of the same family and not below the first",
                "10.0.0.9-              | 9  | '' is no IPv4 or IPv6 address",
                "10.0.0.0/8[tcp         | 10 | '[tcp' should be in brackets, as [tcp/80]",
                "10.0.0.0/8[tcp]]       | 11 | 'tcp]' is no IP protocol: use a number up to 255 or one of",
                "10.0.0.0/8[tpc/80]     | 11 | 'tpc' is no IP protocol: use a number up to 255 or one of",
                "10.0.0.0/8[256]        | 11 | '256' is no IP protocol: use a number up to 255 or one of",
                "10.0.0.0/8[tcp/65536]  | 15 | '65536' is neither a port from 0 to 65535, a service such as http, a range of two with a dash, 'any' nor 'opaque'",
                "10.0.0.0/8[tcp/2-1]    | 15 | '2-1' is no range of ports: the second is below the first",
                "10.0.0.0/8[tcp/1-2-3]  | 15 | '1-2-3' is neither a port",
                "10.0.0.0/8[tcp/shh]    | 15 | 'shh' is neither a port",
                "10.0.0.0/8[icmp/8(256)] | 16 | '8(256)' is neither an ICMP type such as 8 or 3(4), a range",
                "10.0.0.0/8[icmp/echo]  | 16 | 'echo' is neither an ICMP type",
                "[tcp]                  | 0  | '' is no IPv4 or IPv6 address",
            })
    void namesWhatIsWrongAndWhere(String text, int index, String message) {
        SelectorSyntaxException error =
                catchThrowableOfType(SelectorSyntaxException.class, () -> SelectorSyntax.parse(text));

        assertThat(error).hasMessageStartingWith(message);
        assertThat(error.index()).isEqualTo(index);
        assertThat(text.substring(index)).startsWith(error.token());
    }

    @Test
    void passesOverSpaces() throws Exception {
        String text = "   10.1.0.0 / 16  [ tcp / 80 ]  ";

        assertThat(SelectorSyntax.parse(text)).hasToString("10.1.0.0/16[tcp/80]");
        assertThat(catchThrowableOfType(
                                SelectorSyntaxException.class, () -> SelectorSyntax.parse(text.replace("80", "x")))
                        .index())
                .isEqualTo(text.indexOf("80"));
    }

    @Test
    void readsTheBracketsOfDynamicSelectors() throws Exception {
        assertThat(SelectorSyntax.parsePorts("[tcp/80]")).isEqualTo(new ProtocolPorts(6, 80, 80));
        assertThat(SelectorSyntax.parsePorts(" [ udp / 1000 - 2000 ] ")).isEqualTo(new ProtocolPorts(17, 1000, 2000));
        assertThat(SelectorSyntax.parsePorts("")).isEqualTo(ProtocolPorts.ANY);
        assertThat(SelectorSyntax.parsePorts("[]")).isEqualTo(ProtocolPorts.ANY);
        assertThat(catchThrowableOfType(SelectorSyntaxException.class, () -> SelectorSyntax.parsePorts("tcp/80")))
                .hasMessage("'tcp/80' should be in brackets, as [tcp/80]");
    }

    @Test
    void readsWhatItPrints() throws Exception {
        for (long seed = 0; seed < 3_000; seed++) {
            TrafficSelector selector = new RandomSelectors(seed).next();

            assertThat(SelectorSyntax.parse(selector.toString()))
                    .as("seed %d: %s", seed, selector)
                    .isEqualTo(selector);
        }
    }
}
