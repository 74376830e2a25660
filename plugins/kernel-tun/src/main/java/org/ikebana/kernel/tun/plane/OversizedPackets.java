package org.ikebana.kernel.tun.plane;

import java.nio.ByteBuffer;
import org.ikebana.kernel.tun.offload.Segmenter;
import org.ikebana.kernel.tun.packet.Fragmenter;
import org.ikebana.kernel.tun.packet.IpHeader;

/** Packets that the path does not take whole, fragmented before they are protected (RFC 4301 7). Of one worker. */
final class OversizedPackets {
    private static final int MAX_PACKET = 0x1_0000;

    private final ByteBuffer whole = ByteBuffer.allocateDirect(MAX_PACKET);
    private final ByteBuffer fragment = ByteBuffer.allocateDirect(MAX_PACKET);
    private final IpHeader header = new IpHeader();
    private final Fragmenter fragmenter = new Fragmenter();

    /**
     * Takes one segment, which then has a number of fragments.
     *
     * @param mtu what each may be long
     * @return 0 if it must not be fragmented
     */
    int split(Segmenter segmenter, int index, int mtu) {
        int length = segmenter.write(index, whole, 0);
        return header.parse(whole, 0, length) && fragmenter.begin(header, mtu) ? fragmenter.fragments() : 0;
    }

    /** Readies one fragment and returns its length. */
    int take(int index) {
        return fragmenter.write(index, fragment, 0);
    }

    /** The fragment that was readied. */
    void copyTo(ByteBuffer memory, int at, int length) {
        memory.put(at, fragment, 0, length);
    }
}
