package org.ikebana.bench.crypto;

/** Sealing and opening with the IV that stands in the packet; 16 octets of check value follow the text. */
interface PacketProtection {
    void seal(byte[] packet, int ivOffset, int from, int to);

    void open(byte[] packet, int ivOffset, int from, int to, byte[] plain);
}
