package org.ikebana.kernel.tun.device;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One queue of a {@link PacketDevice}. A frame is a {@code struct virtio_net_hdr} of {@link #HEADER_LENGTH} octets in native
 * byte order and an IP packet, or with segmentation offload a super-packet of up to 64 KiB that stands for many. One thread
 * reads; any one thread at a time writes. Buffers are direct.
 */
public interface PacketQueue {
    /** Of {@code struct virtio_net_hdr} (linux/virtio_net.h), without the count of merged buffers. */
    int HEADER_LENGTH = 10;

    /** Room that holds any frame. */
    int MAX_FRAME = HEADER_LENGTH + 65_535;

    /** Waits until a frame is there or {@link #wake} was called. */
    void await() throws IOException;

    /**
     * Reads one frame without waiting.
     *
     * @return its length in octets, or 0 if none is there
     */
    int read(ByteBuffer memory, int at, int capacity) throws IOException;

    /**
     * Hands one frame to the host.
     *
     * @return false if it was dropped
     * @throws IOException when the device is gone
     */
    boolean write(ByteBuffer memory, int at, int length) throws IOException;

    /** Ends {@link #await}, the present or the next. From any thread. */
    void wake() throws IOException;
}
