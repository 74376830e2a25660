package org.ikebana.kernel.xfrm.walk;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.kernel.xfrm.struct.XfrmLifetimeCfg;
import org.ikebana.kernel.xfrm.table.SaEntry;
import org.ikebana.kernel.xfrm.table.TemplateEntry;
import org.ikebana.kernel.xfrm.table.XfrmWords;

/** What must be so of an SA that serves a template, whichever way the packet goes. */
final class SaSearch {
    private static final int TRANSPORT = 0;

    private SaSearch() {}

    /** Worth a word: it has the template's protocol, and its reqid or its ends. */
    static boolean isNear(SaEntry sa, TemplateEntry template) {
        boolean sameReqid = template.reqid() != 0 && sa.reqid() == template.reqid();
        boolean sameEnds = !isAny(template.destination())
                && sa.destination().equals(template.destination())
                && sa.source().equals(template.source());
        return sa.protocol() == template.protocol() && (sameReqid || sameEnds || template.reqid() == 0);
    }

    /** In which of the template's members it differs. */
    static List<Obstacle> differences(SaEntry sa, TemplateEntry template) {
        List<Obstacle> differences = new ArrayList<>();
        if (sa.isLarval()) {
            differences.add(Obstacle.of("it is only reserved, no keys yet"));
        }
        if (template.spi().value() != 0 && !template.spi().equals(sa.spi())) {
            differences.add(Obstacle.of("the template wants SPI " + template.spi()));
        }
        if (sa.info().mode() != template.mode()) {
            differences.add(Obstacle.of("its mode is "
                    + XfrmWords.mode(sa.info().mode()) + ", the template's " + XfrmWords.mode(template.mode())));
        }
        return differences;
    }

    /** Whether its ends are those that are wanted; a wildcard wants none. */
    static boolean isBetween(SaEntry sa, InetAddress source, InetAddress destination) {
        boolean fromThere = isAny(source) || isAny(sa.source()) || sa.source().equals(source);
        return fromThere && sa.destination().equals(destination);
    }

    static boolean isTransport(TemplateEntry template) {
        return template.mode() == TRANSPORT;
    }

    static boolean isAny(InetAddress address) {
        return address.isAnyLocalAddress();
    }

    /** Whether a hard limit is reached: the kernel deletes it with the next packet, or a timer that is due. */
    static boolean isExpired(SaEntry sa, Host host) {
        XfrmLifetimeCfg limits = sa.info().lft();
        return reached(limits.hardByteLimit(), sa.info().curlft().bytes())
                || reached(limits.hardPacketLimit(), sa.info().curlft().packets())
                || isOver(limits.hardAddExpiresSeconds(), sa, host);
    }

    /** Whether a soft limit is reached: another SA is taken before it, where there is one. */
    static boolean isDying(SaEntry sa, Host host) {
        XfrmLifetimeCfg limits = sa.info().lft();
        return reached(limits.softByteLimit(), sa.info().curlft().bytes())
                || reached(limits.softPacketLimit(), sa.info().curlft().packets())
                || isOver(limits.softAddExpiresSeconds(), sa, host);
    }

    private static boolean reached(long limit, long count) {
        return limit != XfrmLifetimeCfg.INFINITE && Long.compareUnsigned(count, limit) >= 0;
    }

    private static boolean isOver(long seconds, SaEntry sa, Host host) {
        return seconds != 0 && Duration.between(sa.added(), host.now()).toSeconds() >= seconds;
    }
}
