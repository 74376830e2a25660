package org.ikebana.kernel.memory;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelSnapshot.InstalledSa;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaUsage;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.Octets;

/** An SA with its keys, counters and sequence numbers. */
final class CompleteSa implements SaEntry {
    private static final long LAST_SHORT_SEQUENCE = 0xffff_ffffL;

    private final SecurityAssociation installed;
    private final Instant added;
    private final Octets seal;
    private final ReplayWindow replayWindow;
    private Optional<Instant> lastUsed = Optional.empty();
    private long bytes;
    private long packets;
    private long lastSequence;
    private boolean dying;

    /** Copies the keys. */
    CompleteSa(SecurityAssociation asked, Instant added) {
        this.installed = withOwnKeys(asked);
        this.added = added;
        this.seal = seal(asked);
        this.replayWindow = new ReplayWindow(asked.direction() == Direction.IN ? asked.replayWindow() : 0);
    }

    /** With the live keys, which {@link #wipe()} clears. */
    SecurityAssociation installed() {
        return installed;
    }

    Octets seal() {
        return seal;
    }

    ReplayWindow replayWindow() {
        return replayWindow;
    }

    /** What the counters say before one more packet passes; the packet that finds a limit reached is the one that tells. */
    Limit limitReached() {
        Lifetimes limits = installed.lifetimes();
        if (reached(bytes, limits.hardBytes()) || reached(packets, limits.hardPackets())) {
            return Limit.HARD;
        }
        boolean soft = reached(bytes, limits.softBytes()) || reached(packets, limits.softPackets());
        return soft ? Limit.SOFT : Limit.NONE;
    }

    void count(int length, Instant now) {
        bytes += length;
        packets++;
        lastUsed = Optional.of(now);
    }

    /** Empty when they are used up: they never start again (RFC 4303 3.3.3). */
    OptionalLong nextSequence() {
        long last = installed.extendedSequenceNumbers() ? Long.MAX_VALUE : LAST_SHORT_SEQUENCE;
        return lastSequence == last ? OptionalLong.empty() : OptionalLong.of(++lastSequence);
    }

    /** As if the numbers up to this one had been used. */
    void useSequencesUpTo(long sequence) {
        lastSequence = sequence;
    }

    /** A soft limit was told; younger SAs are preferred from now on. */
    void die() {
        dying = true;
    }

    boolean isDying() {
        return dying;
    }

    SaUsage usage() {
        return new SaUsage(bytes, packets, added, lastUsed);
    }

    void wipe() {
        installed.algorithms().encryptionKey().close();
        installed.algorithms().integrity().ifPresent(keyed -> keyed.key().close());
    }

    @Override
    public SaKey key() {
        return installed.key();
    }

    @Override
    public InetAddress source() {
        return installed.source();
    }

    @Override
    public SaMode mode() {
        return installed.mode();
    }

    @Override
    public int reqid() {
        return installed.reqid();
    }

    @Override
    public int ifId() {
        return installed.ifId();
    }

    @Override
    public Instant added() {
        return added;
    }

    @Override
    public InstalledSa describe() {
        return new InstalledSa(
                key(), source(), mode(), reqid(), false, installed.acquireSeq(), installed.encapsulation(), usage());
    }

    enum Limit {
        NONE,
        SOFT,
        HARD
    }

    private static boolean reached(long count, long limit) {
        return limit != 0 && count >= limit;
    }

    private static SecurityAssociation withOwnKeys(SecurityAssociation sa) {
        SaAlgorithms asked = sa.algorithms();
        SaAlgorithms own = new SaAlgorithms(
                asked.encryption(),
                asked.encryptionKey().copy(),
                asked.integrity()
                        .map(keyed -> new SaAlgorithms.Keyed(
                                keyed.transform(), keyed.key().copy())));
        return new SecurityAssociation(
                sa.key(),
                sa.source(),
                sa.direction(),
                sa.mode(),
                sa.reqid(),
                sa.acquireSeq(),
                own,
                sa.encapsulation(),
                sa.replayWindow(),
                sa.extendedSequenceNumbers(),
                sa.lifetimes(),
                sa.selector(),
                sa.ifId(),
                sa.flags());
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
