package org.ikebana.kernel.xfrm;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.netlink.Attribute;
import org.ikebana.kernel.netlink.AttributeType;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSa;
import org.ikebana.kernel.xfrm.message.XfrmMessage.UpdateSa;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmAddress;
import org.ikebana.kernel.xfrm.struct.XfrmId;
import org.ikebana.kernel.xfrm.struct.XfrmLifetimeCfg;
import org.ikebana.kernel.xfrm.struct.XfrmLifetimeCur;
import org.ikebana.kernel.xfrm.struct.XfrmReplayState;
import org.ikebana.kernel.xfrm.struct.XfrmReplayStateEsn;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaInfo;

/**
 * An installed SA, as the kernel tells it, made into the message that installs it again: keys, limits, counters, window
 * and sequence numbers go on.
 *
 * @param sa shares its keys with all that is made of it
 */
record SaCopy(NewSa sa) {
    /**
     * More than any machine sends while an update is made. Where it is not known how many packets an SA has sent last,
     * so many sequence numbers are left out: one that is used twice gives AES-GCM its IV a second time (RFC 4106 3.1).
     */
    static final long LEAP = 1 << 24;

    private static final int SA_DIR_IN = 1;
    private static final long LARGEST_PACKET = 65_535;
    private static final long LAST_SHORT_SEQUENCE = 0xffff_ffffL;

    /** What the kernel tells, but does not want to be told, and what is set anew. */
    private static final List<AttributeType<?>> NOT_FOR_INSTALLATION =
            List.of(Xfrma.LASTUSED, Xfrma.PAD, Xfrma.LTIME_VAL, Xfrma.ENCAP, Xfrma.SRCADDR);

    /** Where it was. */
    NewSa back() {
        return installation(sa.body(), encapsulation().map(ports -> Xfrma.ENCAP.of(SaMessages.template(ports))));
    }

    NewSa elsewhere(InetAddress source, InetAddress destination, Optional<Encapsulation> encapsulation) {
        XfrmUsersaInfo old = sa.body();
        XfrmId id =
                new XfrmId(XfrmAddress.of(destination), old.id().spi(), old.id().proto());
        XfrmUsersaInfo info = new XfrmUsersaInfo(
                old.sel(),
                id,
                XfrmAddress.of(source),
                old.lft(),
                old.curlft(),
                old.stats(),
                old.seq(),
                old.reqid(),
                IpFamily.of(destination).number(),
                old.mode(),
                old.replayWindow(),
                old.flags());
        return installation(info, encapsulation.map(ports -> Xfrma.ENCAP.of(SaMessages.template(ports))));
    }

    /** Other ports of an SA that is in UDP already: the kernel changes them while the SA is at work. */
    UpdateSa inPlace(Optional<Encapsulation> encapsulation) {
        NewSa message = installation(sa.body(), encapsulation.map(ports -> Xfrma.ENCAP.of(SaMessages.template(ports))));
        return new UpdateSa(message.body(), message.attributes());
    }

    Optional<Encapsulation> encapsulation() {
        return sa.attributes().get(Xfrma.ENCAP).map(e -> new Encapsulation(e.encapSport(), e.encapDport()));
    }

    /** The same SA, some sequence numbers left out. At the end of the numbers none is left, and the kernel drops. */
    SaCopy leaping() {
        boolean inbound = sa.attributes()
                .get(Xfrma.SA_DIR)
                .filter(dir -> dir == SA_DIR_IN)
                .isPresent();
        if (inbound) {
            return this;
        }
        Attributes attributes = sa.attributes();
        Optional<XfrmReplayState> plain = attributes.get(Xfrma.REPLAY_VAL);
        Optional<XfrmReplayStateEsn> bitmap = attributes.get(Xfrma.REPLAY_ESN_VAL);
        if (plain.isPresent()) {
            attributes = attributes.without(Xfrma.REPLAY_VAL).with(Xfrma.REPLAY_VAL, leap(plain.get()));
        }
        if (bitmap.isPresent()) {
            attributes = attributes.without(Xfrma.REPLAY_ESN_VAL).with(Xfrma.REPLAY_ESN_VAL, leap(bitmap.get()));
        }
        return new SaCopy(new NewSa(sa.body(), attributes));
    }

    private static XfrmReplayState leap(XfrmReplayState state) {
        long leapt = Integer.toUnsignedLong(state.oseq()) + LEAP;
        return new XfrmReplayState((int) Math.min(leapt, LAST_SHORT_SEQUENCE), state.seq(), state.bitmap());
    }

    private XfrmReplayStateEsn leap(XfrmReplayStateEsn state) {
        boolean extended = (sa.body().flags() & SaMessages.XFRM_STATE_ESN) != 0;
        long low = Integer.toUnsignedLong(state.oseq()) + LEAP;
        long high = Integer.toUnsignedLong(state.oseqHi());
        if (low > LAST_SHORT_SEQUENCE) {
            low = extended ? low & LAST_SHORT_SEQUENCE : LAST_SHORT_SEQUENCE;
            high = extended ? high + 1 : high;
        }
        return new XfrmReplayStateEsn(
                state.bmpLen(), (int) low, state.seq(), (int) high, state.seqHi(), state.replayWindow(), state.bmp());
    }

    private NewSa installation(XfrmUsersaInfo info, Optional<Attribute<?>> encapsulation) {
        Attributes attributes = sa.attributes();
        for (AttributeType<?> type : NOT_FOR_INSTALLATION) {
            attributes = attributes.without(type);
        }
        if (attributes.has(Xfrma.ALG_AUTH_TRUNC)) {
            attributes = attributes.without(Xfrma.ALG_AUTH);
        }
        if (encapsulation.isPresent()) {
            attributes = attributes.with(encapsulation.get());
        }
        return new NewSa(withoutToldLimits(info), attributes.with(Xfrma.LTIME_VAL, info.curlft()));
    }

    /**
     * The kernel would tell soft limits a second time, as it does not know any more that it has told them. It tells them
     * with the packet after the one that reached them, or some time within a second: in doubt they stay.
     */
    private static XfrmUsersaInfo withoutToldLimits(XfrmUsersaInfo info) {
        XfrmLifetimeCfg limits = info.lft();
        XfrmLifetimeCur current = info.curlft();
        long age = Instant.now().getEpochSecond() - current.addTime();
        boolean told = isPassed(limits.softByteLimit(), current.bytes(), LARGEST_PACKET)
                || isPassed(limits.softPacketLimit(), current.packets(), 0)
                || (limits.softAddExpiresSeconds() != 0 && age > limits.softAddExpiresSeconds() + 1);
        XfrmLifetimeCfg left = told
                ? new XfrmLifetimeCfg(
                        XfrmLifetimeCfg.INFINITE,
                        limits.hardByteLimit(),
                        XfrmLifetimeCfg.INFINITE,
                        limits.hardPacketLimit(),
                        0,
                        limits.hardAddExpiresSeconds(),
                        0,
                        limits.hardUseExpiresSeconds())
                : limits;
        return new XfrmUsersaInfo(
                info.sel(),
                info.id(),
                info.saddr(),
                left,
                current,
                info.stats(),
                info.seq(),
                info.reqid(),
                info.family(),
                info.mode(),
                info.replayWindow(),
                info.flags());
    }

    private static boolean isPassed(long limit, long count, long margin) {
        return limit != XfrmLifetimeCfg.INFINITE && limit >= 0 && count - margin > limit;
    }
}
