package org.ikebana.kernel.xfrm;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.SaOptions;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.SecurityLabel;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmUserOffload;
import org.ikebana.kernel.xfrm.struct.XfrmUserSecCtx;

/** {@link SaOptions} as attributes; what was not asked for has none, so that older kernels need not know it. */
final class SaExtras {
    private static final int XFRM_SA_XFLAG_DONT_ENCAP_DSCP = 1;
    private static final int XFRM_SA_XFLAG_OSEQ_MAY_WRAP = 2;
    private static final int XFRM_OFFLOAD_INBOUND = 2;
    private static final int XFRM_OFFLOAD_PACKET = 4;
    private static final int XFRM_SC_DOI_LSM = 1;
    /** {@code struct xfrm_user_sec_ctx} without the label. */
    private static final int LABEL_HEADER = 8;

    private SaExtras() {}

    /** No interface has this index: the kernel answers as for any device that is not there. */
    private static final int NO_DEVICE = Integer.MAX_VALUE;

    static Attributes with(Attributes attributes, SecurityAssociation sa) {
        SaOptions options = sa.options();
        Attributes all = withOutputMark(attributes, options.outputMark());
        if (extraFlags(sa) != 0) {
            all = all.with(Xfrma.SA_EXTRA_FLAGS, extraFlags(sa));
        }
        if (options.label().isPresent()) {
            all = all.with(Xfrma.SEC_CTX, label(options.label().get()));
        }
        if (options.offload().isPresent()) {
            all = all.with(Xfrma.OFFLOAD_DEV, offload(options.offload().get(), sa));
        }
        if (options.natKeepaliveSeconds() != 0 && sa.direction() == Direction.OUT) {
            all = all.with(Xfrma.NAT_KEEPALIVE_INTERVAL, options.natKeepaliveSeconds());
        }
        return options.cpu().isPresent() ? all.with(Xfrma.SA_PCPU, options.cpu().getAsInt()) : all;
    }

    /** Whether the kernel may do without the network card. */
    static boolean canDoWithoutOffload(SecurityAssociation sa) {
        return sa.options().offload().filter(offload -> !offload.required()).isPresent();
    }

    private static Attributes withOutputMark(Attributes attributes, Mark mark) {
        return mark.isNone()
                ? attributes
                : attributes.with(Xfrma.SET_MARK, mark.value()).with(Xfrma.SET_MARK_MASK, mark.mask());
    }

    /** Both belong to outbound SAs. */
    private static int extraFlags(SecurityAssociation sa) {
        if (sa.direction() != Direction.OUT) {
            return 0;
        }
        return (sa.flags().copyDscpOut() ? 0 : XFRM_SA_XFLAG_DONT_ENCAP_DSCP)
                | (sa.options().mayWrap() ? XFRM_SA_XFLAG_OSEQ_MAY_WRAP : 0);
    }

    private static XfrmUserSecCtx label(SecurityLabel label) {
        byte[] context = (label.context() + "\0").getBytes(StandardCharsets.US_ASCII);
        return new XfrmUserSecCtx(
                LABEL_HEADER + context.length,
                Xfrma.SEC_CTX.number(),
                label.module(),
                XFRM_SC_DOI_LSM,
                Octets.wrap(context));
    }

    private static XfrmUserOffload offload(SaOptions.Offload offload, SecurityAssociation sa) {
        int flags = (sa.direction() == Direction.OUT ? 0 : XFRM_OFFLOAD_INBOUND)
                | (offload.kind() == SaOptions.Offload.Kind.PACKET ? XFRM_OFFLOAD_PACKET : 0);
        InetAddress own =
                sa.direction() == Direction.OUT ? sa.source() : sa.key().destination();
        return new XfrmUserOffload(index(offload.device(), own).orElse(NO_DEVICE), flags);
    }

    private static Optional<Integer> index(String device, InetAddress own) {
        try {
            NetworkInterface found = device.equals(SaOptions.Offload.OF_ADDRESS)
                    ? NetworkInterface.getByInetAddress(own)
                    : NetworkInterface.getByName(device);
            return Optional.ofNullable(found).map(NetworkInterface::getIndex);
        } catch (SocketException e) {
            return Optional.empty(); // the kernel will say that there is no such device
        }
    }
}
