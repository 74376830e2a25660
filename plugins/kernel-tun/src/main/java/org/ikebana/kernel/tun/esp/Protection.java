package org.ikebana.kernel.tun.esp;

import java.nio.ByteBuffer;

/**
 * What algorithms do to a packet whose header and text (payload, padding, trailer) stand in their places. Positions are
 * checked by the caller. Of one thread; closing wipes the keys.
 */
interface Protection extends AutoCloseable {
    /** Writes the IV before the text, encrypts it and writes the ICV behind it. */
    void protect(ByteBuffer memory, int at, int textLength, long sequence);

    /** Decrypts the text. Returns false if the ICV is wrong; the text is worth nothing then. */
    boolean unprotect(ByteBuffer memory, int at, int textLength, long sequence);

    @Override
    void close();
}
