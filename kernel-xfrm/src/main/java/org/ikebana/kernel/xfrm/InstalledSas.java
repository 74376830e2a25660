package org.ikebana.kernel.xfrm;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.ike.kernel.KernelSnapshot.InstalledSa;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SaUsage;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSa;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmLifetimeCur;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaInfo;

/** SAs as the kernel tells them. */
final class InstalledSas {
    private InstalledSas() {}

    /** Empty for what has no place among our records: Mobile IPv6, IPTFS. */
    static Optional<InstalledSa> read(NewSa message) throws NetlinkFormatException {
        XfrmUsersaInfo info = message.body();
        Optional<SaKey> key = key(info, message.attributes());
        Optional<SaMode> mode = Modes.fromKernel(info.mode());
        if (key.isEmpty() || mode.isEmpty()) {
            return Optional.empty();
        }
        InetAddress source = info.saddr().inFamily(info.family());
        return Optional.of(new InstalledSa(
                key.get(),
                source,
                mode.get(),
                info.reqid(),
                isLarval(message),
                info.seq(),
                message.attributes().get(Xfrma.ENCAP).map(e -> new Encapsulation(e.encapSport(), e.encapDport())),
                usage(message)));
    }

    static Optional<SaKey> key(XfrmUsersaInfo info, Attributes attributes) throws NetlinkFormatException {
        Optional<SaProtocol> protocol = Modes.protocol(info.id().proto());
        if (protocol.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SaKey(
                info.id().daddr().inFamily(info.family()),
                new Spi(info.id().spi()),
                protocol.get(),
                Selectors.mark(attributes)));
    }

    /** The kernel does not tell that an SA is incomplete, but only such a one has no algorithm at all. */
    static boolean isLarval(NewSa message) {
        Attributes attributes = message.attributes();
        return !attributes.has(Xfrma.ALG_AEAD)
                && !attributes.has(Xfrma.ALG_CRYPT)
                && !attributes.has(Xfrma.ALG_AUTH)
                && !attributes.has(Xfrma.ALG_AUTH_TRUNC)
                && !attributes.has(Xfrma.ALG_COMP);
    }

    /** {@code use_time} is of the first use; the last is told by Linux 6.2 and later only. */
    static SaUsage usage(NewSa message) {
        XfrmLifetimeCur current = message.body().curlft();
        return new SaUsage(
                current.bytes(),
                current.packets(),
                Instant.ofEpochSecond(current.addTime()),
                message.attributes().get(Xfrma.LASTUSED).map(Instant::ofEpochSecond));
    }
}
