package org.ikebana.kernel.xfrm.table;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.netlink.NetlinkOutcome;
import org.ikebana.kernel.xfrm.message.XfrmDecoder;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.DumpPolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.DumpSa;
import org.ikebana.kernel.xfrm.message.XfrmMessage.GetDefault;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewPolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSa;
import org.ikebana.kernel.xfrm.struct.XfrmUserpolicyDefault;

/**
 * Everybody's SAs and policies in a network namespace.
 *
 * @param sas in the kernel's order
 * @param policies those of sockets too; the newest first
 * @param defaults what happens to packets that no policy is for
 */
public record XfrmTables(List<SaEntry> sas, List<PolicyEntry> policies, DefaultActions defaults) {
    public XfrmTables {
        sas = List.copyOf(sas);
        policies = List.copyOf(policies);
    }

    /** Whether keys are kept, or wiped as soon as they are read. */
    public enum Keys {
        WIPED,
        KEPT
    }

    /** For each direction whether a packet without a policy is dropped (Linux 5.14; before, none was). */
    public record DefaultActions(boolean blocksIn, boolean blocksForward, boolean blocksOut) {
        public static final DefaultActions ACCEPT = new DefaultActions(false, false, false);
        /** {@code XFRM_USERPOLICY_BLOCK}. */
        private static final int BLOCK = 1;

        static DefaultActions of(XfrmUserpolicyDefault actions) {
            return new DefaultActions(actions.in() == BLOCK, actions.fwd() == BLOCK, actions.out() == BLOCK);
        }
    }

    /**
     * Those of the calling thread's network namespace. Needs CAP_NET_ADMIN.
     *
     * @throws IOException when there is no XFRM, or no right to see it
     */
    public static XfrmTables read(Keys keys) throws IOException {
        try (NetlinkClient<XfrmMessage> kernel = NetlinkClient.open(Netlink.NETLINK_XFRM, XfrmDecoder::decode)) {
            return new XfrmTables(sas(kernel, keys), policies(kernel), defaults(kernel));
        }
    }

    private static List<SaEntry> sas(NetlinkClient<XfrmMessage> kernel, Keys keys) throws IOException {
        return kernel.dump(new DumpSa(Attributes.NONE).request(), message -> {
            if (keys == Keys.WIPED) {
                message.attributes().wipe();
            }
            return message instanceof NewSa sa ? Optional.of(SaEntry.read(sa)) : Optional.empty();
        });
    }

    private static List<PolicyEntry> policies(NetlinkClient<XfrmMessage> kernel) throws IOException {
        return kernel.dump(
                new DumpPolicy(Attributes.NONE).request(),
                message ->
                        message instanceof NewPolicy policy ? Optional.of(PolicyEntry.read(policy)) : Optional.empty());
    }

    private static DefaultActions defaults(NetlinkClient<XfrmMessage> kernel) throws IOException {
        GetDefault question = new GetDefault(new XfrmUserpolicyDefault(0, 0, 0), Attributes.NONE);
        NetlinkOutcome<XfrmMessage> outcome = kernel.exchange(question.request());
        if (outcome.answer().isPresent() && outcome.answer().get() instanceof GetDefault answer) {
            return DefaultActions.of(answer.body());
        }
        if (outcome.failedWith(Errno.EINVAL)) {
            return DefaultActions.ACCEPT; // a kernel that does not know the question has no such defaults
        }
        throw new ErrnoException("ask for the default actions of policies", outcome.errno());
    }
}
