package org.ikebana.kernel.xfrm.walk;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewPolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSa;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmAddress;
import org.ikebana.kernel.xfrm.struct.XfrmAlgoAead;
import org.ikebana.kernel.xfrm.struct.XfrmId;
import org.ikebana.kernel.xfrm.struct.XfrmLifetimeCfg;
import org.ikebana.kernel.xfrm.struct.XfrmLifetimeCur;
import org.ikebana.kernel.xfrm.struct.XfrmMark;
import org.ikebana.kernel.xfrm.struct.XfrmReplayState;
import org.ikebana.kernel.xfrm.struct.XfrmSelector;
import org.ikebana.kernel.xfrm.struct.XfrmStats;
import org.ikebana.kernel.xfrm.struct.XfrmUserTmpl;
import org.ikebana.kernel.xfrm.struct.XfrmUserpolicyInfo;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaInfo;
import org.ikebana.kernel.xfrm.table.PolicyEntry;
import org.ikebana.kernel.xfrm.table.SaEntry;
import org.ikebana.kernel.xfrm.table.XfrmTables;
import org.ikebana.kernel.xfrm.table.XfrmTables.DefaultActions;

/** Databases made by hand: of a gateway 192.0.2.1 with the network 10.1.0.0/16 and a peer 192.0.2.2 with 10.2.0.0/16. */
final class Entries {
    static final Instant ADDED = Instant.ofEpochSecond(1_000_000);
    static final int ESP = 50;
    static final int TUNNEL = 1;
    private static final XfrmSelector NO_SELECTOR =
            new XfrmSelector(XfrmAddress.ANY, XfrmAddress.ANY, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private final List<SaEntry> sas = new ArrayList<>();
    private final List<PolicyEntry> policies = new ArrayList<>();

    XfrmTables tables() {
        return new XfrmTables(sas, policies, DefaultActions.ACCEPT);
    }

    XfrmTables tables(DefaultActions defaults) {
        return new XfrmTables(sas, policies, defaults);
    }

    /** The tunnel's policies of one reqid, all three. */
    Entries tunnelPolicies(int reqid) {
        return policy(PolicyEntry.OUT, "10.1.0.0", "10.2.0.0", 0, 1000, template("192.0.2.1", "192.0.2.2", reqid))
                .policy(PolicyEntry.IN, "10.2.0.0", "10.1.0.0", 0, 1000, template("192.0.2.2", "192.0.2.1", reqid))
                .policy(
                        PolicyEntry.FORWARD,
                        "10.2.0.0",
                        "10.1.0.0",
                        0,
                        1000,
                        template("192.0.2.2", "192.0.2.1", reqid));
    }

    /** Between networks of 16 bits. The kernel tells the newest first. */
    Entries policy(int direction, String source, String destination, int protocol, int priority, XfrmUserTmpl... tmpl) {
        return add(direction, source, destination, protocol, priority, 0, attributes(tmpl));
    }

    Entries block(int direction, String source, String destination, int protocol, int priority) {
        return add(direction, source, destination, protocol, priority, 1, Attributes.NONE);
    }

    Entries marked(int priority, int mark) {
        return add(
                PolicyEntry.OUT,
                "10.1.0.0",
                "10.2.0.0",
                0,
                priority,
                1,
                Attributes.NONE.with(Xfrma.MARK, new XfrmMark(mark, -1)));
    }

    Entries onInterface(int priority, int ifId, XfrmUserTmpl... tmpl) {
        return add(
                PolicyEntry.OUT,
                "10.1.0.0",
                "10.2.0.0",
                0,
                priority,
                0,
                attributes(tmpl).with(Xfrma.IF_ID, ifId));
    }

    Entries sa(String source, String destination, int spi, int reqid) {
        return sa(source, destination, spi, reqid, 0, 0, algorithm());
    }

    /** With a soft limit, and sent so far, and its attributes. */
    Entries sa(
            String source,
            String destination,
            int spi,
            int reqid,
            long softSeconds,
            int addedLater,
            Attributes attributes) {
        try {
            XfrmUsersaInfo info = new XfrmUsersaInfo(
                    NO_SELECTOR,
                    id(destination, spi),
                    address(source),
                    new XfrmLifetimeCfg(-1, -1, -1, -1, softSeconds, 0, 0, 0),
                    new XfrmLifetimeCur(0, 0, ADDED.getEpochSecond() + addedLater, 0),
                    XfrmStats.NONE,
                    attributes.isEmpty() ? 7 : 0,
                    reqid,
                    IpFamily.IPV4.number(),
                    TUNNEL,
                    32,
                    0);
            sas.add(SaEntry.read(new NewSa(info, attributes)));
            return this;
        } catch (NetlinkFormatException e) {
            throw new AssertionError(e);
        }
    }

    static Attributes algorithm() {
        return Attributes.NONE.with(
                Xfrma.ALG_AEAD, XfrmAlgoAead.of("rfc4106(gcm(aes))", 128, Secret.wrap(new byte[36])));
    }

    static Attributes sent(int oseq) {
        return algorithm().with(Xfrma.REPLAY_VAL, new XfrmReplayState(oseq, 0, 0));
    }

    static XfrmUserTmpl template(String source, String destination, int reqid) {
        return new XfrmUserTmpl(
                id(destination, 0), IpFamily.IPV4.number(), address(source), reqid, TUNNEL, 0, 0, -1, -1, -1);
    }

    private Entries add(
            int direction,
            String source,
            String destination,
            int protocol,
            int priority,
            int action,
            Attributes attributes) {
        try {
            XfrmSelector selector = new XfrmSelector(
                    address(destination), address(source), 0, 0, 0, 0, IpFamily.IPV4.number(), 16, 16, protocol, 0, 0);
            XfrmUserpolicyInfo info = new XfrmUserpolicyInfo(
                    selector, XfrmLifetimeCfg.UNLIMITED, XfrmLifetimeCur.NONE, priority, 0, direction, action, 0, 0);
            policies.addFirst(PolicyEntry.read(new NewPolicy(info, attributes)));
            return this;
        } catch (NetlinkFormatException e) {
            throw new AssertionError(e);
        }
    }

    private static Attributes attributes(XfrmUserTmpl... tmpl) {
        return tmpl.length == 0 ? Attributes.NONE : Attributes.NONE.with(Xfrma.TMPL, List.of(tmpl));
    }

    private static XfrmId id(String destination, int spi) {
        return new XfrmId(address(destination), spi, ESP);
    }

    private static XfrmAddress address(String literal) {
        return XfrmAddress.of(InetAddress.ofLiteral(literal));
    }
}
