package org.ikebana.kernel.model;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import org.ikebana.ike.kernel.KernelSnapshot.InstalledSa;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaUsage;

/**
 * An SA in the making, without keys: a reserved SPI, or an open ACQUIRE with SPI 0.
 *
 * @param acquireSeq 0 for a reservation
 */
public record LarvalSa(SaKey key, InetAddress source, SaMode mode, int reqid, int ifId, int acquireSeq, Instant added)
        implements SaEntry {
    boolean isAcquire() {
        return key.spi().value() == 0;
    }

    /** This SA has what was asked for, whether or not it bears the number. */
    boolean wantsOneLike(CompleteSa sa) {
        return mode == sa.mode()
                && reqid == sa.reqid()
                && ifId == sa.ifId()
                && key.mark().equals(sa.key().mark())
                && source.equals(sa.source());
    }

    @Override
    public InstalledSa describe() {
        return new InstalledSa(
                key,
                source,
                mode,
                reqid,
                true,
                acquireSeq,
                Optional.empty(),
                new SaUsage(0, 0, added, Optional.empty()));
    }
}
