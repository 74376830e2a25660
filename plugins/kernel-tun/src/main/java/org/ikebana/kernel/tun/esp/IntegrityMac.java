package org.ikebana.kernel.tun.esp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.ikebana.ike.crypto.Integrity;
import org.ikebana.ike.crypto.Secret;

/** AES-XCBC (RFC 3566) and AES-CMAC (RFC 4494) as IKE computes them, which sets the key up for every packet. */
final class IntegrityMac implements PacketMac {
    private final Integrity algorithm;
    private final Secret key;
    private byte[] text = new byte[0];

    /** @param key copied */
    IntegrityMac(Integrity algorithm, Secret key) {
        this.algorithm = algorithm;
        this.key = key.copy();
    }

    @Override
    public ByteBuffer compute(ByteBuffer memory, int at, int length) {
        if (text.length < length) {
            text = new byte[length];
        }
        memory.get(at, text, 0, length);
        return ByteBuffer.wrap(algorithm.compute(key.bytes(), text, 0, length));
    }

    @Override
    public void close() {
        key.close();
        Arrays.fill(text, (byte) 0);
    }
}
