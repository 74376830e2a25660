package org.ikebana.kernel.tun.esp;

import java.nio.ByteBuffer;

/** Makes a packet's explicit IV of its sequence number. */
@FunctionalInterface
interface IvSource {
    void write(ByteBuffer memory, int at, long sequence);
}
