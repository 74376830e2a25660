package org.ikebana.ike.crypto;

/** A message authentication code under one key, for many messages; of one thread. Closing wipes the key. */
interface KeyedMac extends AutoCloseable {
    void update(byte[] data, int from, int to);

    /** Writes the untruncated code of what came since the last one to {@code target[offset, …)} and starts anew. */
    void finish(byte[] target, int offset);

    default void update(byte[] data) {
        update(data, 0, data.length);
    }

    @Override
    void close();
}
