package org.ikebana.simulation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.ikebana.ike.crypto.SkCipher;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.memory.IpPacket;

/**
 * Sees to it that no key serves two SAs, and that no sequence number of a packet (RFC 4106 3.1) and no IV of a message
 * (RFC 5282 3.1) is used twice under one key.
 */
final class KeyLedger {
    /** Of AEADs; a CBC mode's are longer. */
    private static final int IV_LENGTH = 8;

    private final Map<Octets, Use> byKey = new HashMap<>();
    private final Map<Octets, Long> lastSequences = new HashMap<>();
    private final Set<Arrival> arrived = new HashSet<>();
    private final Map<Octets, SkCipher> sealers = new HashMap<>();
    private final Set<Seal> seals = new HashSet<>();

    /** Each key may be installed once to send with, at one end, and once to receive with, at the other. */
    private record Use(int spi, Direction direction, String host) {}

    private record Seal(Octets key, Octets iv) {}

    private record Arrival(Octets seal, long sequence) {}

    void installed(String host, KernelChange.AddSa add) {
        SecurityAssociation sa = add.sa();
        byte[] key = sa.algorithms().encryptionKey().bytes();
        Use use = new Use(sa.key().spi().value(), sa.direction(), host);
        Use before = byKey.putIfAbsent(Octets.wrap(Arrays.copyOf(key, key.length)), use);
        boolean isOtherEnd = before == null
                || before.spi == use.spi && before.direction != use.direction && !before.host.equals(use.host);
        if (!isOtherEnd) {
            throw new AssertionError("one key for two SAs: " + before + " and " + use);
        }
    }

    /** A message of an IKE SA has been sealed: not what is sent again, which is kept. */
    @SuppressWarnings("ReferenceEquality") // one cipher is one direction of one IKE SA
    void sealed(SkCipher cipher, Octets key, byte[] message, int bodyOffset) {
        SkCipher first = sealers.putIfAbsent(key, cipher);
        if (first != null && first != cipher) {
            throw new AssertionError("one key for two IKE SAs");
        }
        Octets iv = Octets.wrap(Arrays.copyOfRange(message, bodyOffset, bodyOffset + IV_LENGTH));
        if (!seals.add(new Seal(key, iv))) {
            throw new AssertionError("the IV " + iv + " was used twice");
        }
    }

    void sent(IpPacket.Wrapped packet) {
        Long before = lastSequences.put(packet.seal(), packet.sequence());
        if (before != null && before >= packet.sequence()) {
            throw new AssertionError(
                    "sequence number " + packet.sequence() + " of SPI " + packet.spi() + " after " + before);
        }
    }

    void accepted(IpPacket.Wrapped packet) {
        if (!arrived.add(new Arrival(packet.seal(), packet.sequence()))) {
            throw new AssertionError("packet " + packet.sequence() + " of SPI " + packet.spi() + " was accepted twice");
        }
    }
}
