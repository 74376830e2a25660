package org.ikebana.kernel.xfrm;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmUserAcquire;
import org.ikebana.kernel.xfrm.struct.XfrmUserMapping;
import org.ikebana.kernel.xfrm.struct.XfrmUserTmpl;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaInfo;

/** The kernel's events as ours. */
final class EventReader {
    private static final int AF_UNSPEC = 0;

    private EventReader() {}

    /** Empty for what concerns no SA of IKE. */
    static Optional<KernelEvent> read(XfrmMessage message) throws NetlinkFormatException {
        return switch (message) {
            case XfrmMessage.Acquire acquire -> acquire(acquire);
            case XfrmMessage.Expire expire -> expire(expire);
            case XfrmMessage.Mapping mapping -> mapping(mapping.body());
            default -> Optional.empty();
        };
    }

    /**
     * IPComp asks for nothing of its own: its SA comes with that of ESP. An acquire without selector is for no packet.
     */
    private static Optional<KernelEvent> acquire(XfrmMessage.Acquire message) throws NetlinkFormatException {
        XfrmUserAcquire acquire = message.body();
        List<XfrmUserTmpl> templates = message.attributes().get(Xfrma.TMPL).orElse(List.of());
        Optional<SaProtocol> protocol = Modes.protocol(acquire.id().proto());
        if (templates.isEmpty()
                || protocol.isEmpty()
                || protocol.get() == SaProtocol.IPCOMP
                || acquire.sel().family() == AF_UNSPEC) {
            return Optional.empty();
        }
        XfrmUserTmpl template = wanted(templates, acquire);
        return Optional.of(new KernelEvent.Acquire(
                template.reqid(),
                acquire.seq(),
                Selectors.fromKernel(acquire.sel()),
                acquire.saddr().inFamily(template.family()),
                acquire.id().daddr().inFamily(template.family()),
                protocol.get()));
    }

    /** All templates of the policy are told: the one for this protocol is meant. */
    private static XfrmUserTmpl wanted(List<XfrmUserTmpl> templates, XfrmUserAcquire acquire) {
        return templates.stream()
                .filter(template -> template.id().proto() == acquire.id().proto())
                .findFirst()
                .orElse(templates.getFirst());
    }

    /** SPI 0 is the larval SA of an acquire: it lapses unnoticed. */
    private static Optional<KernelEvent> expire(XfrmMessage.Expire message) throws NetlinkFormatException {
        XfrmUsersaInfo info = message.body().state();
        boolean hard = message.body().hard() != 0;
        return InstalledSas.key(info, message.attributes())
                .filter(key -> key.spi().value() != 0)
                .map(key -> hard
                        ? new KernelEvent.HardExpire(key, info.reqid())
                        : new KernelEvent.SoftExpire(key, info.reqid()));
    }

    /** The kernel does not tell the SA's mark here. */
    private static Optional<KernelEvent> mapping(XfrmUserMapping mapping) throws NetlinkFormatException {
        Optional<SaProtocol> protocol = Modes.protocol(mapping.id().proto());
        if (protocol.isEmpty()) {
            return Optional.empty();
        }
        int family = mapping.id().family();
        SaKey key = new SaKey(
                mapping.id().daddr().inFamily(family), new Spi(mapping.id().spi()), protocol.get(), Mark.NONE);
        return Optional.of(new KernelEvent.MappingChanged(
                key,
                mapping.reqid(),
                new InetSocketAddress(mapping.oldSaddr().inFamily(family), mapping.oldSport()),
                new InetSocketAddress(mapping.newSaddr().inFamily(family), mapping.newSport())));
    }
}
