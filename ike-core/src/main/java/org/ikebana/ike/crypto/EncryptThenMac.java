package org.ikebana.ike.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A cipher and a MAC used as one: the check value covers everything before it, IV included, and is verified before
 * anything is decrypted (RFC 7296 3.14).
 */
final class EncryptThenMac implements PacketCipher {
    private final PacketCipher cipher;
    private final KeyedMac mac;
    private final byte[] code;
    private final int icvLength;

    EncryptThenMac(PacketCipher cipher, KeyedMac mac, int macLength, int icvLength) {
        this.cipher = cipher;
        this.mac = mac;
        this.code = new byte[macLength];
        this.icvLength = icvLength;
    }

    @Override
    public void encrypt(byte[] packet, int associated, int from, int to) {
        cipher.encrypt(packet, associated, from, to);
        computeCode(packet, to);
        System.arraycopy(code, 0, packet, to, icvLength);
    }

    @Override
    public byte @Nullable [] decrypt(byte[] packet, int associated, int from, int to) {
        computeCode(packet, to);
        byte[] expected = Arrays.copyOf(code, icvLength);
        byte[] received = Arrays.copyOfRange(packet, to, to + icvLength);
        return MessageDigest.isEqual(expected, received) ? cipher.decrypt(packet, associated, from, to) : null;
    }

    @Override
    public void close() {
        cipher.close();
        mac.close();
    }

    private void computeCode(byte[] packet, int to) {
        mac.update(packet, 0, to);
        mac.finish(code, 0);
    }
}
