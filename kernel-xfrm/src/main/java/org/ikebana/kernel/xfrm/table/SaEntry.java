package org.ikebana.kernel.xfrm.table;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSa;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaInfo;

/**
 * An SA, with all that the kernel tells of it.
 *
 * @param source outer address
 * @param destination outer address
 * @param selection which packets it is for; empty for all
 * @param info the struct that was read
 * @param attributes those that were read, unknown ones among them; keys are all zero where nobody asked for them
 */
public record SaEntry(
        InetAddress source,
        InetAddress destination,
        Optional<Selection> selection,
        XfrmUsersaInfo info,
        Attributes attributes) {
    /** {@code XFRM_SA_DIR_IN}. */
    private static final int IN = 1;

    public static SaEntry read(NewSa message) throws NetlinkFormatException {
        XfrmUsersaInfo info = message.body();
        return new SaEntry(
                info.saddr().inFamily(info.family()),
                info.id().daddr().inFamily(info.family()),
                Selection.read(info.sel()),
                info,
                message.attributes());
    }

    public Spi spi() {
        return new Spi(info.id().spi());
    }

    /** IP protocol number: 50 for ESP, 51 for AH, 108 for IPComp, or one of Mobile IPv6. */
    public int protocol() {
        return info.id().proto();
    }

    public int reqid() {
        return info.reqid();
    }

    public Mark mark() {
        return attributes.get(Xfrma.MARK).map(m -> new Mark(m.v(), m.m())).orElse(Mark.NONE);
    }

    /** What is set on packets that it has dealt with; {@link Mark#NONE} for nothing. */
    public Mark outputMark() {
        return attributes
                .get(Xfrma.SET_MARK)
                .map(value ->
                        new Mark(value, attributes.get(Xfrma.SET_MARK_MASK).orElse(-1)))
                .orElse(Mark.NONE);
    }

    public int ifId() {
        return attributes.get(Xfrma.IF_ID).orElse(0);
    }

    /** {@code in} or {@code out} where Linux 6.10 or later has been told; else empty. */
    public Optional<String> direction() {
        return attributes.get(Xfrma.SA_DIR).map(direction -> direction == IN ? "in" : "out");
    }

    public List<Algorithm> algorithms() {
        return Algorithm.read(attributes);
    }

    /** Only reserved, or being negotiated: no packet can use it. The kernel does not tell, but such a one has no algorithm. */
    public boolean isLarval() {
        return algorithms().isEmpty();
    }

    public ReplayState replay() {
        return ReplayState.read(info, attributes);
    }

    /** Told by Linux 6.2 and later. */
    public Optional<Instant> lastUsed() {
        return attributes.get(Xfrma.LASTUSED).map(Instant::ofEpochSecond);
    }

    public Instant added() {
        return Instant.ofEpochSecond(info.curlft().addTime());
    }

    /** {@code ESP SA c0ffee01 to 192.0.2.1}, like {@link org.ikebana.ike.kernel.SaKey}. */
    @Override
    public String toString() {
        return XfrmWords.protocol(protocol()).toUpperCase(Locale.ROOT) + " SA " + spi() + " to "
                + destination.getHostAddress();
    }
}
