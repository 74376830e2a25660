package org.ikebana.kernel.tun.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;

/** What must hold of a packet whatever is in it. */
final class HostilePacket {
    private static final int ROOM = 70_000;

    private final ByteBuffer in = ByteBuffer.allocateDirect(ROOM);
    private final ByteBuffer out = ByteBuffer.allocateDirect(ROOM);
    private final IpHeader header = new IpHeader();
    private final Fragmenter fragmenter = new Fragmenter();

    /** Returns whether it was taken for a packet. */
    boolean use(byte[] octets, int mtu) {
        // ends where they end, so that none can be read behind them
        ByteBuffer memory = in.slice(0, octets.length).put(0, octets);
        if (!header.parse(memory, 0, octets.length)) {
            return false;
        }
        assertThat(header.totalLength()).isBetween(20, octets.length);
        assertThat(header.headerLength()).isBetween(20, header.totalLength());
        answer(IcmpError.packetTooBig(header, mtu, 0, 1, out, 0));
        answer(IcmpError.prohibited(header, 0, 1, out, 0));
        fragment(mtu);
        boolean wasWhole = Checksum.isUpperLayerWhole(header);
        if (TcpMss.clamp(header, mtu) && wasWhole) {
            assertThat(Checksum.isUpperLayerWhole(header)).isTrue();
        }
        header.setTrafficClass(0xb9);
        assertThat(header.parse(memory, 0, octets.length)).isTrue();
        assertThat(header.trafficClass()).isEqualTo(0xb9);
        return true;
    }

    private void answer(int length) {
        assertThat(length).isBetween(0, IcmpError.MAX_LENGTH);
        assertThat(length == 0 || new IpHeader().parse(out, 0, length)).isTrue();
    }

    private void fragment(int mtu) {
        if (!fragmenter.begin(header, mtu)) {
            assertThat(fragmenter.fragments()).isZero();
            return;
        }
        assertThat(fragmenter.fragments()).isPositive();
        for (int i = 0; i < fragmenter.fragments(); i++) {
            int length = fragmenter.write(i, out, 0);
            assertThat(length).isBetween(20, mtu);
            assertThat(new IpHeader().parse(out, 0, length)).isTrue();
        }
    }
}
