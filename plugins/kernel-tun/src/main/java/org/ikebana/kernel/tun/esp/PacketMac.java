package org.ikebana.kernel.tun.esp;

import java.nio.ByteBuffer;

/** A message authentication code under one key. Of one thread; closing wipes the key. */
interface PacketMac extends AutoCloseable {
    /**
     * The code of {@code [at, at + length)}, at the start of a big-endian buffer that is used again; at least as long as
     * the algorithm's ICV.
     */
    ByteBuffer compute(ByteBuffer memory, int at, int length);

    @Override
    void close();
}
