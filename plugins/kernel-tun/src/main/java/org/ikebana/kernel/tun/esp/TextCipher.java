package org.ikebana.kernel.tun.esp;

import java.nio.ByteBuffer;

/** Confidentiality without integrity: a packet's IV and the text behind it. Of one thread; closing wipes the key. */
interface TextCipher extends AutoCloseable {
    int ivLength();

    /** Writes an IV for that number to {@code ivAt} and encrypts the text behind it in place. */
    void encrypt(ByteBuffer memory, int ivAt, int textLength, long sequence);

    /** @param textLength a whole number of blocks */
    void decrypt(ByteBuffer memory, int ivAt, int textLength);

    @Override
    void close();

    /** ENCR_NULL (RFC 2410): the text stays as it is. */
    final class None implements TextCipher {
        @Override
        public int ivLength() {
            return 0;
        }

        @Override
        public void encrypt(ByteBuffer memory, int ivAt, int textLength, long sequence) {
            // Nothing to hide.
        }

        @Override
        public void decrypt(ByteBuffer memory, int ivAt, int textLength) {
            // Nothing was hidden.
        }

        @Override
        public void close() {
            // Has no key.
        }
    }
}
