package org.ikebana.ike.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HexFormat;
import org.ikebana.ike.ts.AddressText;
import org.ikebana.ike.wire.IdPayload;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.PayloadType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
    /** The identity parsing rules of strongSwan's documentation. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "%any,                    0,  '',              %any",
                "*,                       0,  '',              %any",
                "0.0.0.0,                 0,  '',              %any",
                "::,                      0,  '',              %any",
                "192.168.1.1,             1,  hex:c0a80101,    192.168.1.1",
                "ipv4:192.168.1.1,        1,  hex:c0a80101,    192.168.1.1",
                "ipv4:0.0.0.0,            1,  hex:00000000,    ipv4:0.0.0.0",
                "fec0::1,                 5,  hex:fec00000000000000000000000000001, fec0::1",
                "ipv6:FEC0::1,            5,  hex:fec00000000000000000000000000001, fec0::1",
                "moon.strongswan.org,     2,  moon.strongswan.org, moon.strongswan.org",
                "@moon.strongswan.org,    2,  moon.strongswan.org, moon.strongswan.org",
                "fqdn:moon,               2,  moon,            moon",
                "dns:moon,                2,  moon,            moon",
                "moon,                    2,  moon,            moon",
                "@192.168.1.1,            2,  192.168.1.1,     fqdn:192.168.1.1",
                "fqdn:%any,               2,  %any,            fqdn:%any",
                "fqdn:#6d6f6f6e,          2,  moon,            moon",
                "carol@strongswan.org,    3,  carol@strongswan.org, carol@strongswan.org",
                "email:tester,            3,  tester,          rfc822:tester",
                "rfc822:tester,           3,  tester,          rfc822:tester",
                "userfqdn:carol@a.org,    3,  carol@a.org,     carol@a.org",
                "@@carol,                 3,  carol,           rfc822:carol",
                "@@carol@a.org,           3,  carol@a.org,     carol@a.org",
                "*.strongswan.org,        2,  *.strongswan.org, *.strongswan.org",
                "*@strongswan.org,        3,  *@strongswan.org, *@strongswan.org",
                "@#71270432cd763a18,      11, hex:71270432cd763a18, {11}:#71270432cd763a18",
                "@#71:27:04,              11, hex:712704,      {11}:#712704",
                "@#712,                   11, hex:0712,        {11}:#0712",
                "keyid:my group,          11, my group,        keyid:my group",
                "keyid:#0a,               11, hex:0a,          {11}:#0a",
                "KEYID:a,                 11, a,               keyid:a",
                "keyid:,                  11, '',              {11}:#",
                "{11}:abc,                11, abc,             keyid:abc",
                "{0x02}:tester.example.org, 2, tester.example.org, tester.example.org",
                "{99}:somedata,           99, somedata,        {99}:#736f6d6564617461",
                "{08}:192.168.1.0,        -1, '',              ''",
                "asn1gn:#82036f7267,      10, hex:82036f7267,  {10}:#82036f7267",
                "{13}:,                   13, '',              {13}:#",
                "192.168.1.0/24,          7,  hex:c0a80100c0a801ff, 192.168.1.0/24",
                "ipv4net:192.168.1.0/24,  7,  hex:c0a80100c0a801ff, 192.168.1.0/24",
                "192.168.1.0-192.168.1.40, 7, hex:c0a80100c0a80128, 192.168.1.0-192.168.1.40",
                "ipv4range:10.0.0.1-10.0.0.9, 7, hex:0a0000010a000009, 10.0.0.1-10.0.0.9",
                "fec0::1-fec0::4fff,      8,  hex:fec00000000000000000000000000001fec00000000000000000000000004fff, fec0::1-fec0::4fff",
                "10.0.0.1-host.example,   2,  10.0.0.1-host.example, 10.0.0.1-host.example",
            })
    void readsStrongSwansSyntax(String text, int type, String data, String printed) throws Exception {
        if (type < 0) {
            assertRefused(text);
            return;
        }
        Octets octets = data.startsWith("hex:")
                ? Octets.ofHex(data.substring(4))
                : Octets.wrap(data.replace("''", "").getBytes(UTF_8));

        assertThat(Identity.parse(text)).isEqualTo(new Identity(type, octets));
        assertThat(Identity.parse(text)).hasToString(printed);
        assertThat(Identity.parse(printed)).isEqualTo(Identity.parse(text));
    }

    private static void assertRefused(String text) {
        IdentitySyntaxException error = catchThrowableOfType(IdentitySyntaxException.class, () -> Identity.parse(text));
        assertThat(error).as(text).isNotNull();
        assertThat(error.getMessage()).as(text).isNotBlank();
        assertThat(error.index()).as(text).isBetween(0, text.length());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "foo::bar             | 0  | 'foo::bar' is no IPv6 address; to mean it literally write keyid:foo::bar or fqdn:foo::bar",
                "@#xyz                | 2  | 'xyz' is not hexadecimal: only the digits 0 to 9 and a to f may follow #",
                "@                    | 1  | nothing follows '@'",
                "@@                   | 2  | nothing follows '@@'",
                "fqdn:                | 5  | nothing follows 'fqdn:'",
                "ipv4:fec0::1         | 5  | 'fec0::1' is not of the type before it",
                "ipv6:10.0.0.1        | 5  | '10.0.0.1' is not of the type before it",
                "ipv4:#0a0b           | 0  | 'ipv4:#0a0b' is no identity of IKEv2's",
                "ipv4net:#0a0b        | 0  | 'ipv4net:#0a0b' is no identity of IKEv2's",
                "{0}:x                | 0  | there are no identities of type 0 in IKEv2",
                "{4}:x                | 0  | there are no identities of type 4 in IKEv2",
                "{999}:x              | 0  | there are no identities of type 999 in IKEv2",
                "10.0.0.0/33          | 9  | no range of addresses: '33' is no prefix length from 0 to 32",
                "ipv4net:10.0.0.0/33  | 17 | no range of addresses: '33' is no prefix length from 0 to 32",
                "asn1gn:DNS=a         | 7  | a general name has to be given as DER in hexadecimal, as asn1gn:#82036f7267",
                "C=CH, XX=y           | 5  | ' XX=y' does not start with an attribute such as C=, O=, OU= or CN= of a distinguished name; to mean 'C=CH, XX=y' literally write keyid:C=CH, XX=y",
                "C=CH, CN=            | 8  | 'CN' has no value",
                "C=CH, CN             | 5  | ' CN' does not start with",
                "1.99.1=x             | 0  | '1.99.1=x' does not start with",
                "asn1dn:CN            | 7  | 'CN' does not start with",
            })
    void namesWhatIsWrongAndWhere(String text, int index, String message) {
        IdentitySyntaxException error = catchThrowableOfType(IdentitySyntaxException.class, () -> Identity.parse(text));

        assertThat(error).hasMessageStartingWith(message);
        assertThat(error.index()).isEqualTo(index);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "moon\n", "a\u0000b", "C=CH\u0007"})
    void refusesEmptyTextAndControlCharacters(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "moon.example.org,   %any,                true",
                "moon.example.org,   MOON.Example.org,    true",
                "moon.example.org,   *.example.org,       true",
                "a.b.example.org,    *.EXAMPLE.org,       true",
                "example.org,        *.example.org,       false",
                "evilexample.org,    *.example.org,       false",
                "moon.example.org,   sun.example.org,     false",
                "moon.example.org,   moon.example.or,     false",
                "moon.example.org,   @@moon.example.org,  false",
                "carol@example.org,  *@example.org,       true",
                "Carol@Example.org,  carol@example.org,   true",
                "carol@a.example.org, *@example.org,      false",
                "192.0.2.1,          192.0.2.1,           true",
                "192.0.2.1,          192.0.2.2,           false",
                "192.0.2.1,          192.0.2.0/24,        true",
                "192.0.3.1,          192.0.2.0/24,        false",
                "192.0.2.1,          192.0.2.1-192.0.2.9, true",
                "192.0.2.10,         192.0.2.1-192.0.2.9, false",
                "200.0.0.1,          127.0.0.0-255.0.0.0, true",
                "2001:db8::1,        2001:db8::/32,       true",
                "192.0.2.1,          2001:db8::/32,       false",
                "@192.0.2.1,         192.0.2.0/24,        false",
                "keyid:Moon,         keyid:Moon,          true",
                "keyid:moon,         keyid:Moon,          false",
                "{99}:a,             {99}:a,              true",
            })
    void matchesPatterns(String identity, String pattern, boolean matches) throws Exception {
        assertThat(Identity.parse(identity).matches(Identity.parse(pattern))).isEqualTo(matches);
        assertFolded(identity, pattern, matches);
    }

    /** What matches is found by the same key, and what does not is not. */
    private static void assertFolded(String identity, String pattern, boolean matches) throws Exception {
        Identity wanted = Identity.parse(pattern);
        if (wanted.isConcrete()) {
            assertThat(Identity.parse(identity).folded().equals(wanted.folded()))
                    .isEqualTo(matches);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "C=CH, O=strongSwan, CN=moon        | C=CH, O=strongSwan, CN=moon          | true",
                "C=CH, O=strongSwan, CN=moon        | /C=ch/O=STRONGSWAN/CN=  moon         | true",
                "C=CH, O=strongSwan, CN=moon        | C=CH, O=strongSwan, CN=*             | true",
                "C=CH, O=strongSwan, CN=moon        | C=*, O=*, CN=*                       | true",
                "C=CH, O=strongSwan, CN=moon        | C=CH, O=strongSwan                   | false",
                "C=CH, O=strongSwan, CN=moon        | C=CH, O=strongSwan, OU=*             | false",
                "C=CH, O=strongSwan, CN=moon        | C=CH, CN=moon, O=strongSwan          | false",
                "C=CH, O=strongSwan, CN=moon        | C=CH, O=strongSwan, CN=m*            | false",
                "CN=two  spaces                     | CN=two spaces                        | true",
                "CN=Zürich                          | CN=ZÜRICH                            | true",
                "CN=moon, E=A@B                     | CN=moon, E=a@b                       | true",
                "C=CH, O=strongSwan, CN=moon        | asn1dn:C=CH, O=strongSwan, CN=moon   | true",
                "C=CH, O=strongSwan, CN=moon        | CN=moon, O=strongSwan, C=CH          | false",
                "C=CH, O=strongSwan, CN=moon        | C=CH, O=strongSwan, CN=moon, E=*     | false",
                "C=CH, O=strongSwan, CN=moon, CN=x  | C=CH, O=strongSwan, CN=moon, CN=*    | true",
                "C=CH, O=strongSwan, CN=moon        | *                                    | true",
                "keyid:C=CH                         | C=CH                                 | false",
                "fqdn:CN=moon                       | CN=*                                 | false",
                "CN=moon                            | moon                                 | false",
            })
    void comparesNamesAttributeByAttribute(String identity, String pattern, boolean matches) throws Exception {
        assertThat(Identity.parse(identity).matches(Identity.parse(pattern))).isEqualTo(matches);
        assertFolded(identity, pattern, matches);
    }

    /** Of several patterns that fit, the one with fewer wildcards is closer. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "moon.example.org | 0",
                "192.0.2.1        | 0",
                "keyid:*          | 0",
                "C=CH, CN=moon    | 0",
                "*.example.org    | 1",
                "*@example.org    | 1",
                "192.0.2.0/24     | 1",
                "C=CH, CN=*       | 1",
                "C=*, O=x, CN=*   | 2",
                "%any             | 2147483647",
            })
    void countsWildcards(String identity, int wildcards) throws Exception {
        assertThat(Identity.parse(identity).wildcards()).isEqualTo(wildcards);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%any", "*.example.org", "*@example.org", "192.0.2.0/24", "fec0::1-fec0::2", "CN=*"})
    void aPatternIsNoIdentity(String text) throws Exception {
        Identity pattern = Identity.parse(text);

        assertThat(pattern.isConcrete()).isFalse();
        assertThat(pattern.matches(pattern)).as("sent by a peer").isFalse();
        assertThat(pattern.matches(Identity.ANY)).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> pattern.toPayload(PayloadType.IDI));
    }

    @ParameterizedTest
    @CsvSource({
        "0, ''",
        "0, 00",
        "1, 0a0000",
        "1, 0a00000100",
        "2, ''",
        "2, 2a2e6f7267",
        "3, ''",
        "4, 0a00000000000000",
        "5, 0a000001",
        "6, 00",
        "7, 0a0000010a000001",
        "8, 00"
    })
    void whatAPeerMustNotSendMatchesNothing(int type, String hex) {
        Identity identity = Identity.of(new IdPayload(PayloadType.IDI, type, Octets.ofHex(hex)));

        assertThat(identity.isConcrete()).isFalse();
        assertThat(identity.matches(Identity.ANY)).isFalse();
        assertThat(identity.matches(identity)).isFalse();
    }

    @Test
    void goesIntoAPayloadAndComesBack() throws Exception {
        for (String text : new String[] {
            "moon.example.org", "carol@example.org", "192.0.2.1", "2001:db8::1", "C=CH, CN=moon", "@#0102", "{200}:x"
        }) {
            Identity identity = Identity.parse(text);
            IdPayload payload = identity.toPayload(PayloadType.IDR);

            assertThat(payload).isEqualTo(new IdPayload(PayloadType.IDR, identity.type(), identity.data()));
            assertThat(Identity.of(payload)).isEqualTo(identity);
        }
        assertThat(Identity.ofAddress(AddressText.parse("192.0.2.1").orElseThrow()))
                .isEqualTo(Identity.parse("192.0.2.1"));
        assertThat(Identity.ofAddress(AddressText.parse("2001:db8::1").orElseThrow()))
                .isEqualTo(Identity.parse("2001:db8::1"));
    }

    /** {@code openssl asn1parse} reads each of them as the name beside it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "C=CH, O=Org, CN=moon | 302a310b3009060355040613024348310c300a060355040a13034f7267310d300b060355040313046d6f6f6e",
                "E=a@b, DC=org        | 30293112301006092a864886f70d01090116036140623113 3011060a0992268993f22c64011916036f7267",
                "O=Zürich             | 30123110300e060355040a0c075ac3bc72696368",
                "2.5.4.3=x            | 300c310a3008060355040313 0178",
            })
    void encodesNamesAsDer(String text, String hex) throws Exception {
        assertThat(Identity.parse(text).data()).isEqualTo(Octets.ofHex(hex.replace(" ", "")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "C=CH,O=Linux strongSwan , CN=moon      | C=CH, O=Linux strongSwan, CN=moon",
                "/C=CH/E=moon@strongswan.org/CN=moon    | C=CH, E=moon@strongswan.org, CN=moon",
                "emailAddress=a@b, serialNumber=1, S=x  | E=a@b, SN=1, S=x",
                "O=Smith\\, Jones\\\\Co, CN=\\ x\\      | O=Smith\\, Jones\\\\Co, CN=\\ x\\\\",
                "CN=a/b                                 | CN=a/b",
                "1.2.3.4=x                              | 1.2.3.4=x",
                "O=Zürich                               | O=Zürich",
            })
    void printsNamesReadably(String text, String printed) throws Exception {
        Identity identity = Identity.parse(text);

        assertThat(identity).hasToString(printed);
        assertThat(Identity.parse(printed)).isEqualTo(identity);
    }

    @Test
    void printsWhateverAPeerSendsOnOneLine() {
        assertThat(wire(2, "evil\n2026 established".getBytes(UTF_8))).hasToString("fqdn:evil\\x0a2026 established");
        assertThat(wire(2, "back\\slash".getBytes(UTF_8))).hasToString("fqdn:back\\x5cslash");
        assertThat(wire(3, new byte[] {'a', (byte) 0xff, '@', 0})).hasToString("rfc822:a\\xff@\\x00");
        assertThat(wire(2, new byte[0])).hasToString("fqdn:");
        assertThat(wire(11, new byte[] {1, 2})).hasToString("{11}:#0102");
        assertThat(wire(11, "#a".getBytes(UTF_8))).hasToString("{11}:#2361");
        assertThat(wire(1, new byte[] {1, 2})).hasToString("{1}:#0102");
        assertThat(wire(0, new byte[] {1})).hasToString("{0}:#01");
        assertThat(wire(7, HexFormat.of().parseHex("0a0000020a000001"))).hasToString("{7}:#0a0000020a000001");
        assertThat(wire(9, new byte[] {0x30, 5})).hasToString("{9}:#3005");
        assertThat(wire(9, new byte[] {0x30, 0})).hasToString("{9}:#3000");
        assertThat(wire(9, HexFormat.of().parseHex("30123110300e060355040a0c075ae280ae696368")))
                .as("with a character that turns the direction of text")
                .hasToString("O=Z\\u202eich");
    }

    @Test
    void cutsWhatIsEndless() {
        byte[] endless = new byte[60_000];
        java.util.Arrays.fill(endless, (byte) 'a');

        assertThat(wire(2, endless).toString()).hasSizeLessThan(300).endsWith("... (60000 octets)");
        assertThat(wire(99, endless).toString()).hasSizeLessThan(600).endsWith("... (60000 octets)");
    }

    @Test
    void isNotDrownedByNestedDer() {
        for (byte[] level : new byte[][] {{0x30, (byte) 0x80}, {0x31, (byte) 0x80}, {0x30, (byte) 0x84, 0, 0, 0, 0}}) {
            byte[] deep = new byte[Identity.MAX_LENGTH / level.length * level.length];
            for (int i = 0; i < deep.length; i++) {
                deep[i] = level[i % level.length];
            }
            Identity identity = wire(9, deep);

            assertThat(identity.toString()).startsWith("{9}:#");
            assertThat(identity.matches(Identity.ANY)).isTrue();
        }
    }

    @Test
    void looksAtNoEndlessName() throws Exception {
        String longest = "a".repeat(Identity.MAX_LENGTH);

        assertThat(Identity.parse(longest).matches(Identity.ANY)).isTrue();
        assertThat(wire(2, (longest + "a").getBytes(UTF_8)).matches(Identity.ANY))
                .isFalse();
        assertRefused(longest + "a");
    }

    private static Identity wire(int type, byte[] data) {
        return Identity.of(new IdPayload(PayloadType.IDI, type, Octets.copyOf(data)));
    }
}
