package org.ikebana.kernel.tun.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IcmpErrorTest {
    private static final String UDPV4 = "4500 0020 0001 4000 4011 66ca 0a000001 0a000002 0035 0036 000c 0000 61626364";
    private static final String ADDRESSES_V6 = "20010db8000000000000000000000001 20010db8000000000000000000000002";
    private static final String UDPV6 = "60000000 000c 11 40" + ADDRESSES_V6 + "0035 0036 000c 0000 61626364";

    private final ByteBuffer out = ByteBuffer.allocateDirect(2 * IcmpError.MAX_LENGTH);

    @Test
    void saysThatFragmentationIsNeeded() {
        IpHeader packet = Memory.parsed(Memory.ofHex(UDPV4));

        int length = IcmpError.packetTooBig(packet, 1400, 0, 0xffff_c000_0201L, out, 7);

        assertThat(Memory.hex(out, 7, length))
                .isEqualTo(("45c0 003c 0000 4000 4001 6dff c0000201 0a000001 0304 f245 0000 0578" + UDPV4)
                        .replace(" ", ""));
        assertThat(Checksum.sum(out, 7, 20)).isEqualTo(Checksum.WHOLE);
        assertThat(Checksum.sum(out, 27, length - 20)).isEqualTo(Checksum.WHOLE);
    }

    @Test
    void saysThatAPacketIsTooBig() {
        IpHeader packet = Memory.parsed(Memory.ofHex(UDPV6));

        int length = IcmpError.packetTooBig(packet, 1400, 0x2001_0db8_0000_0000L, 0xff, out, 3);

        String expected = "60000000 003c 3a 40 20010db80000000000000000000000ff 20010db8000000000000000000000001"
                + "0200 09a0 00000578" + UDPV6;
        assertThat(Memory.hex(out, 3, length)).isEqualTo(expected.replace(" ", ""));
        assertThat(Checksum.isUpperLayerWhole(parsed(3, length))).isTrue();
    }

    @Test
    void saysThatAPolicyForbidsIt() {
        int length = IcmpError.prohibited(Memory.parsed(Memory.ofHex(UDPV4)), 0, 0xffff_0a00_0002L, out, 0);
        assertThat(Memory.hex(out, 20, 2)).isEqualTo("030d");
        assertThat(out.getInt(24)).isZero();
        assertThat(out.getInt(12)).isEqualTo(0x0a000002);
        assertThat(Checksum.sum(out, 20, length - 20)).isEqualTo(Checksum.WHOLE);

        length = IcmpError.prohibited(Memory.parsed(Memory.ofHex(UDPV6)), 0x2001_0db8_0000_0000L, 2, out, 0);
        assertThat(Memory.hex(out, 40, 2)).isEqualTo("0101");
        assertThat(out.getInt(44)).isZero();
        assertThat(Checksum.isUpperLayerWhole(parsed(0, length))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"4, 576", "6, 1280"})
    void quotesAsMuchAsIsAllowed(int version, int most) {
        byte[] octets = TestPacket.udp(version, 3000).octets();
        IpHeader packet = Memory.parsed(Memory.of(octets));
        int headers = version == 4 ? 28 : 48;

        int length = IcmpError.packetTooBig(packet, 1400, 0, 1, out, 0);

        assertThat(length).isEqualTo(most);
        assertThat(Memory.octets(out, headers, length - headers)).isEqualTo(Arrays.copyOf(octets, most - headers));
        assertThat(parsed(0, length).totalLength()).isEqualTo(most);
    }

    @ParameterizedTest
    @CsvSource({"4, 20, 68", "4, 70000, 65535", "6, 1279, 1280", "6, 70000, 70000"})
    void reportsNoMtuThatCannotBe(int version, int mtu, int reported) {
        IpHeader packet = Memory.parsed(Memory.of(TestPacket.udp(version, 10).octets()));

        IcmpError.packetTooBig(packet, mtu, 0, 1, out, 0);

        assertThat(out.getInt(version == 4 ? 24 : 44)).isEqualTo(reported);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "7f000001", "e0000001", "f0000001", "ffffffff", "00000005"})
    void answersNobodyInParticular(String source) {
        assertThat(answersV4(UDPV4.replace("0a000001", source))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"e0000005", "ffffffff", "efffffff"})
    void answersNoMulticastNorBroadcastOfIpv4(String destination) {
        assertThat(answersV4(UDPV4.replace("0a000002", destination))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0001, false", "2001, false", "2000, true", "4000, true"})
    void answersTheFirstFragmentAlone(String flagsAndOffset, boolean isAnswered) {
        assertThat(answersV4(UDPV4.replace("0001 4000", "0001 " + flagsAndOffset)))
                .isEqualTo(isAnswered);
    }

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "3, false",
        "4, false",
        "5, false",
        "8, true",
        "11, false",
        "12, false",
        "13, true",
        "99, false"
    })
    void answersIcmpQueriesAlone(int type, boolean isAnswered) {
        String icmp = "4500 001c 0001 4000 4001 0000 0a000001 0a000002 %02x00 0000 0000 0000".formatted(type);

        assertThat(answersV4(icmp)).isEqualTo(isAnswered);
    }

    @Test
    void answersNoIcmpThatIsCut() {
        assertThat(answersV4("4500 0015 0001 4000 4001 0000 0a000001 0a000002 08"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "127, false", "128, true", "129, true", "135, true", "137, false"})
    void answersNoIcmpv6ErrorNorRedirect(int type, boolean isAnswered) {
        String icmp = "60000000 0008 3a 40 %s %02x00 0000 0000 0000".formatted(ADDRESSES_V6, type);

        assertThat(answersV6(icmp, 1)).isEqualTo(isAnswered);
        assertThat(answersV6(icmp, 2)).isEqualTo(isAnswered);
    }

    @Test
    void answersNoLaterFragmentThatMayBeAnIcmpv6Error() {
        String later = "60000000 0010 2c 40 %s %s00 0008 00000001 8000 0000 0000 0000";

        assertThat(answersV6(later.formatted(ADDRESSES_V6, "3a"), 2)).isFalse();
        assertThat(answersV6(later.formatted(ADDRESSES_V6, "11"), 2)).isTrue();
    }

    @Test
    void answersIpv6MulticastOnlyThatItIsTooBig() {
        String multicast = UDPV6.replace("20010db8000000000000000000000002", "ff020000000000000000000000000001");

        assertThat(answersV6(multicast, 1)).isFalse();
        assertThat(answersV6(multicast, 2)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000000000000000000000000000", "ff020000000000000000000000000001"})
    void answersNobodyInParticularOfIpv6(String source) {
        String packet = UDPV6.replace("20010db8000000000000000000000001", source);

        assertThat(answersV6(packet, 1)).isFalse();
        assertThat(answersV6(packet, 2)).isFalse();
    }

    private boolean answersV4(String packet) {
        IpHeader header = Memory.parsed(Memory.ofHex(packet));
        boolean answers = IcmpError.packetTooBig(header, 1400, 0, 1, out, 0) > 0;
        assertThat(IcmpError.prohibited(header, 0, 1, out, 0) > 0).isEqualTo(answers);
        return answers;
    }

    private boolean answersV6(String packet, int type) {
        IpHeader header = Memory.parsed(Memory.ofHex(packet));
        int length = type == 2
                ? IcmpError.packetTooBig(header, 1400, 0, 1, out, 0)
                : IcmpError.prohibited(header, 0, 1, out, 0);
        return length > 0;
    }

    private IpHeader parsed(int at, int length) {
        IpHeader header = new IpHeader();
        assertThat(header.parse(out, at, length)).isTrue();
        return header;
    }
}
