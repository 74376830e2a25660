package org.ikebana.kernel.tun.esp;

/** An AEAD on arrays. Of one thread; closing wipes the key. */
interface HeapAead extends AutoCloseable {
    int REFUSED = -1;

    /**
     * Encrypts {@code input[0, length)}, or decrypts it with the check value at its end.
     *
     * @param nonce used for one call only, taken over
     * @param output not {@code input}, with room for text and check value
     * @return what was written, or {@link #REFUSED} if the check value is wrong
     */
    int process(
            boolean encrypt,
            byte[] nonce,
            byte[] associated,
            int associatedLength,
            byte[] input,
            int length,
            byte[] output);

    @Override
    void close();
}
