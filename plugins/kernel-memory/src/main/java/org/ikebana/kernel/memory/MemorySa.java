package org.ikebana.kernel.memory;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.OptionalLong;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.Octets;

/** What an SA of the model keeps of its packets: the last number that was sent, those that came, and whose keys it has. */
final class MemorySa {
    private static final long LAST_SHORT_SEQUENCE = 0xffff_ffffL;

    private final Octets seal;
    private final ReplayWindow replayWindow;
    private final long greatestSequence;
    private long lastSequence;

    MemorySa(SecurityAssociation sa) {
        this.seal = seal(sa);
        this.replayWindow = new ReplayWindow(sa.direction() == Direction.IN ? sa.replayWindow() : 0);
        this.greatestSequence = sa.extendedSequenceNumbers() ? Long.MAX_VALUE : LAST_SHORT_SEQUENCE;
    }

    Octets seal() {
        return seal;
    }

    ReplayWindow replayWindow() {
        return replayWindow;
    }

    /** Empty when they are used up: they never start again (RFC 4303 3.3.3). */
    OptionalLong nextSequence() {
        return lastSequence == greatestSequence ? OptionalLong.empty() : OptionalLong.of(++lastSequence);
    }

    /** As if the numbers up to this one had been used. */
    void useSequencesUpTo(long sequence) {
        lastSequence = sequence;
    }

    /** Both ends agree on it if, and only if, an ICV of one would satisfy the other. */
    private static Octets seal(SecurityAssociation sa) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            SaAlgorithms algorithms = sa.algorithms();
            digest.update((byte) (sa.extendedSequenceNumbers() ? 1 : 0));
            add(digest, algorithms.encryption(), algorithms.encryptionKey().bytes());
            algorithms
                    .integrity()
                    .ifPresent(
                            keyed -> add(digest, keyed.transform(), keyed.key().bytes()));
            return Octets.wrap(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, Transform transform, byte[] key) {
        digest.update(ByteBuffer.allocate(12)
                .putInt(transform.id())
                .putInt(transform.keyBits())
                .putInt(key.length)
                .array());
        digest.update(key);
    }
}
