package org.ikebana.kernel.model;

import java.net.InetAddress;
import java.time.Instant;
import org.ikebana.ike.kernel.KernelSnapshot.InstalledSa;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaUsage;
import org.ikebana.ike.kernel.SecurityAssociation;

/** An SA with its keys and counters. */
public final class CompleteSa implements SaEntry {
    private volatile SecurityAssociation installed;
    private final Instant added;
    private final SaCounters counters = new SaCounters();
    private volatile boolean dying;

    /** Copies the keys. */
    CompleteSa(SecurityAssociation asked, Instant added) {
        this.installed = withOwnKeys(asked);
        this.added = added;
    }

    /** With the live keys, which {@link #wipe()} clears. */
    public SecurityAssociation installed() {
        return installed;
    }

    public SaCounters counters() {
        return counters;
    }

    /** What the counters say before one more packet passes; the packet that finds a limit reached is the one that tells. */
    public Limit limitReached() {
        Lifetimes limits = installed.lifetimes();
        long bytes = counters.bytes();
        long packets = counters.packets();
        if (reached(bytes, limits.hardBytes()) || reached(packets, limits.hardPackets())) {
            return Limit.HARD;
        }
        boolean soft = reached(bytes, limits.softBytes()) || reached(packets, limits.softPackets());
        return soft ? Limit.SOFT : Limit.NONE;
    }

    /** @param now shares the keys */
    void move(SecurityAssociation now) {
        installed = now;
    }

    /** A soft limit was told; younger SAs are preferred from now on. */
    void die() {
        dying = true;
    }

    public boolean isDying() {
        return dying;
    }

    SaUsage usage() {
        return new SaUsage(counters.bytes(), counters.packets(), added, counters.lastUsed());
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

    /** What an SA has come to. */
    public enum Limit {
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
                sa.tfcPadding(),
                sa.flags(),
                sa.options());
    }
}
