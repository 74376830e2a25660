package org.ikebana.kernel.xfrm;

import java.net.InetAddress;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.SaFlags;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.SpiRequest;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.xfrm.message.XfrmMessage.AllocSpi;
import org.ikebana.kernel.xfrm.message.XfrmMessage.DeleteSa;
import org.ikebana.kernel.xfrm.message.XfrmMessage.GetSa;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSa;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmAddress;
import org.ikebana.kernel.xfrm.struct.XfrmEncapTmpl;
import org.ikebana.kernel.xfrm.struct.XfrmLifetimeCfg;
import org.ikebana.kernel.xfrm.struct.XfrmLifetimeCur;
import org.ikebana.kernel.xfrm.struct.XfrmReplayStateEsn;
import org.ikebana.kernel.xfrm.struct.XfrmStats;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaInfo;
import org.ikebana.kernel.xfrm.struct.XfrmUserspiInfo;

/**
 * SAs as messages.
 *
 * @param directions whether the kernel knows {@link Xfrma#SA_DIR} and judges the rest of an SA by it
 */
record SaMessages(boolean directions) {
    private static final int XFRM_STATE_NOECN = 1;
    private static final int XFRM_STATE_DECAP_DSCP = 2;
    private static final int XFRM_STATE_NOPMTUDISC = 4;
    private static final int XFRM_STATE_ICMP = 16;
    private static final int XFRM_STATE_AF_UNSPEC = 32;
    private static final int XFRM_STATE_ALIGN4 = 64;
    static final int XFRM_STATE_ESN = 128;
    private static final int XFRM_SA_DIR_IN = 1;
    private static final int XFRM_SA_DIR_OUT = 2;
    private static final int UDP_ENCAP_ESPINUDP = 2;

    private static final int MIN_SPI = 0xc0000000;
    private static final int MAX_SPI = 0xcfffffff;
    /** The SPI of IPComp is a CPI of 16 bits, of which these are to be negotiated (RFC 3173 3.3). */
    private static final int MIN_CPI = 0x0100;

    private static final int MAX_CPI = 0xefff;

    /** Larger windows need a bitmap of their own. */
    private static final int MAX_PLAIN_WINDOW = 32;

    /**
     * Adds an SA, whose keys the message shares.
     *
     * @throws NoSuchAlgorithmException when XFRM has no name for a transform
     */
    NewSa add(SecurityAssociation sa) throws NoSuchAlgorithmException {
        SaKey key = sa.key();
        XfrmUsersaInfo info = new XfrmUsersaInfo(
                sa.selector().map(Selectors::toKernel).orElse(Selectors.ANY),
                Selectors.id(key),
                XfrmAddress.of(sa.source()),
                limits(sa.lifetimes()),
                XfrmLifetimeCur.NONE,
                XfrmStats.NONE,
                sa.acquireSeq(),
                sa.reqid(),
                IpFamily.of(key.destination()).number(),
                Modes.toKernel(sa.mode()),
                needsBitmap(sa) ? 0 : window(sa),
                flags(sa));
        return new NewSa(info, attributes(sa));
    }

    static DeleteSa delete(SaKey key, InetAddress source) {
        Attributes attributes = Attributes.NONE.with(Xfrma.SRCADDR, XfrmAddress.of(source));
        return new DeleteSa(Selectors.said(key), Selectors.withMark(attributes, key.mark()));
    }

    static GetSa get(SaKey key) {
        return new GetSa(Selectors.said(key), Selectors.withMark(Attributes.NONE, key.mark()));
    }

    static XfrmEncapTmpl template(Encapsulation ports) {
        return new XfrmEncapTmpl(UDP_ENCAP_ESPINUDP, ports.sourcePort(), ports.destinationPort(), XfrmAddress.ANY);
    }

    AllocSpi reserve(SpiRequest request) {
        boolean compression = request.protocol() == SaProtocol.IPCOMP;
        SaKey key = new SaKey(request.destination(), new Spi(0), request.protocol(), request.mark());
        XfrmUsersaInfo info = new XfrmUsersaInfo(
                Selectors.ANY,
                Selectors.id(key),
                XfrmAddress.of(request.source()),
                XfrmLifetimeCfg.NONE,
                XfrmLifetimeCur.NONE,
                XfrmStats.NONE,
                0,
                request.reqid(),
                IpFamily.of(request.destination()).number(),
                Modes.toKernel(request.mode()),
                0,
                0);
        Attributes attributes = Selectors.withIfId(Selectors.withMark(Attributes.NONE, request.mark()), request.ifId());
        return new AllocSpi(
                new XfrmUserspiInfo(info, compression ? MIN_CPI : MIN_SPI, compression ? MAX_CPI : MAX_SPI),
                withDirection(attributes, Direction.IN));
    }

    private Attributes attributes(SecurityAssociation sa) throws NoSuchAlgorithmException {
        Attributes attributes = KernelAlgorithms.attributes(sa.key().protocol(), sa.algorithms());
        attributes = Selectors.withIfId(Selectors.withMark(attributes, sa.key().mark()), sa.ifId());
        if (sa.encapsulation().isPresent()) {
            attributes =
                    attributes.with(Xfrma.ENCAP, template(sa.encapsulation().get()));
        }
        if (needsBitmap(sa)) {
            int window = window(sa);
            int words = (window + Integer.SIZE - 1) / Integer.SIZE;
            attributes =
                    attributes.with(Xfrma.REPLAY_ESN_VAL, new XfrmReplayStateEsn(words, 0, 0, 0, 0, window, List.of()));
        }
        if (isOutbound(sa) && sa.tfcPadding() > 0) {
            attributes = attributes.with(Xfrma.TFCPAD, sa.tfcPadding());
        }
        return withDirection(SaExtras.with(attributes, sa), sa.direction());
    }

    private Attributes withDirection(Attributes attributes, Direction direction) {
        return directions
                ? attributes.with(Xfrma.SA_DIR, direction == Direction.OUT ? XFRM_SA_DIR_OUT : XFRM_SA_DIR_IN)
                : attributes;
    }

    /** Flags that belong to the other direction are refused by kernels that know directions. */
    private static int flags(SecurityAssociation sa) {
        SaFlags wanted = sa.flags();
        boolean outbound = isOutbound(sa);
        boolean alignedAh = sa.key().protocol() == SaProtocol.AH && IpFamily.of(sa.source()) == IpFamily.IPV4;
        return (sa.mode() == SaMode.TUNNEL ? XFRM_STATE_AF_UNSPEC : 0)
                | (wanted.copyEcn() ? 0 : XFRM_STATE_NOECN)
                | (outbound && !wanted.copyDf() ? XFRM_STATE_NOPMTUDISC : 0)
                | (!outbound && wanted.copyDscpIn() ? XFRM_STATE_DECAP_DSCP : 0)
                | (!outbound && sa.options().forwardIcmp() ? XFRM_STATE_ICMP : 0)
                | (alignedAh ? XFRM_STATE_ALIGN4 : 0)
                | (isExtended(sa) ? XFRM_STATE_ESN : 0);
    }

    private static boolean needsBitmap(SecurityAssociation sa) {
        return isExtended(sa) || (isNumbered(sa) && !isOutbound(sa) && sa.replayWindow() > MAX_PLAIN_WINDOW);
    }

    private static boolean isExtended(SecurityAssociation sa) {
        return isNumbered(sa) && sa.extendedSequenceNumbers();
    }

    /** IPComp has no sequence numbers: with a window the kernel would take every packet for a replay of number 0. */
    private static boolean isNumbered(SecurityAssociation sa) {
        return sa.key().protocol() != SaProtocol.IPCOMP;
    }

    /** A kernel without directions wants a window even of outbound SAs with extended sequence numbers. */
    private int window(SecurityAssociation sa) {
        if (!isOutbound(sa)) {
            return isNumbered(sa) ? sa.replayWindow() : 0;
        }
        return isExtended(sa) && !directions ? 1 : 0;
    }

    private static XfrmLifetimeCfg limits(Lifetimes lifetimes) {
        return new XfrmLifetimeCfg(
                limit(lifetimes.softBytes()),
                limit(lifetimes.hardBytes()),
                limit(lifetimes.softPackets()),
                limit(lifetimes.hardPackets()),
                lifetimes.softSeconds(),
                lifetimes.hardSeconds(),
                0,
                0);
    }

    /** No limit is 0 for us and for the kernel's times, but {@code XFRM_INF} for its counters. */
    private static long limit(long value) {
        return value == 0 ? XfrmLifetimeCfg.INFINITE : value;
    }

    private static boolean isOutbound(SecurityAssociation sa) {
        return sa.direction() == Direction.OUT;
    }
}
