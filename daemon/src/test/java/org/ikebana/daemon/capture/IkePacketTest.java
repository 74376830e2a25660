package org.ikebana.daemon.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Packets whose checksums have been worked out by hand (RFC 1071, RFC 768, RFC 8200 8.1). */
class IkePacketTest {
    private static final byte[] MESSAGE = {(byte) 0xab, (byte) 0xcd, (byte) 0xef};

    @Test
    void ipv4WithTheMarkerOfThePortThatEspShares() {
        byte[] packet = IkePacket.of(
                new InetSocketAddress("192.0.2.1", 4500), new InetSocketAddress("192.0.2.2", 4500), MESSAGE, true);
        assertThat(HexFormat.of().formatHex(packet))
                .isEqualTo("450000230000000040" + "11" + "f6c6" + "c0000201" + "c0000202" + "11941194000f" + "bdd5"
                        + "00000000" + "abcdef");
    }

    @Test
    void ipv6() {
        byte[] packet = IkePacket.of(
                new InetSocketAddress("2001:db8::1", 500), new InetSocketAddress("2001:db8::2", 500), MESSAGE, false);
        assertThat(HexFormat.of().formatHex(packet))
                .isEqualTo("60000000000b1140" + "20010db8000000000000000000000001" + "20010db8000000000000000000000002"
                        + "01f401f4000b" + "05ad" + "abcdef");
    }
}
