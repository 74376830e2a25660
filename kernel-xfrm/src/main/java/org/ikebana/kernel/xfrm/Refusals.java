package org.ikebana.kernel.xfrm;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.NetlinkOutcome;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmAlgo;
import org.ikebana.kernel.xfrm.struct.XfrmAlgoAead;
import org.ikebana.kernel.xfrm.struct.XfrmAlgoAuth;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaInfo;

/** Why the kernel refused, in words that say what to do. */
final class Refusals {
    private static final String EXISTS = "there is an SA with this key already";

    private Refusals() {}

    static KernelException of(String element, XfrmMessage request, NetlinkOutcome<?> outcome) {
        return new KernelException(element, outcome.errno(), reason(request, outcome), outcome.text());
    }

    /** A complete SA is not replaced. */
    static KernelException exists(String element) {
        return new KernelException(element, Errno.EEXIST.number(), EXISTS, Optional.empty());
    }

    /** Only a complete SA moves. */
    static KernelException missing(String element) {
        return new KernelException(
                element,
                Errno.ESRCH.number(),
                "there is no SA with this key, so that it cannot move",
                Optional.empty());
    }

    /** It is not known what the kernel did, or it did nothing at all. */
    static KernelException unreachable(String element, IOException cause) {
        int errno = cause instanceof ErrnoException e ? e.errno() : 0;
        KernelException failure =
                new KernelException(element, errno, String.valueOf(cause.getMessage()), Optional.empty());
        failure.initCause(cause);
        return failure;
    }

    /** The errno in words, with the remedy where there is one. */
    static String reason(XfrmMessage request, NetlinkOutcome<?> outcome) {
        if (request instanceof XfrmMessage.NewSa sa) { // no switch: every start on a kernel without ESP comes by here
            return ofSa(sa.body(), sa.attributes(), outcome);
        }
        if (request instanceof XfrmMessage.UpdateSa sa) {
            return ofSa(sa.body(), sa.attributes(), outcome);
        }
        return request instanceof XfrmMessage.AllocSpi ? ofReservation(outcome) : Errno.describe(outcome.errno());
    }

    private static String ofReservation(NetlinkOutcome<?> outcome) {
        return outcome.failedWith(Errno.ENOENT) ? "no SPI of the range is free" : Errno.describe(outcome.errno());
    }

    private static String ofSa(XfrmUsersaInfo info, Attributes attributes, NetlinkOutcome<?> outcome) {
        if (outcome.failedWith(Errno.EPROTONOSUPPORT)) {
            return missingProtocol(info);
        }
        if (outcome.failedWith(Errno.ENOSYS) || outcome.failedWith(Errno.ENOENT)) {
            return missingAlgorithm(attributes, outcome.text().orElse(""));
        }
        if (outcome.failedWith(Errno.EEXIST)) {
            return EXISTS;
        }
        return Errno.describe(outcome.errno());
    }

    private static String missingProtocol(XfrmUsersaInfo info) {
        boolean six = info.family() == IpFamily.IPV6.number();
        SaProtocol protocol = Modes.protocol(info.id().proto()).orElse(SaProtocol.ESP);
        return switch (protocol) {
            case ESP -> six ? lacks("ESP for IPv6", "INET6_ESP", "esp6") : lacks("ESP", "INET_ESP", "esp4");
            case AH -> six ? lacks("AH for IPv6", "INET6_AH", "ah6") : lacks("AH", "INET_AH", "ah4");
            case IPCOMP ->
                six ? lacks("IPComp for IPv6", "INET6_IPCOMP", "ipcomp6") : lacks("IPComp", "INET_IPCOMP", "ipcomp");
        };
    }

    private static String lacks(String protocol, String option, String module) {
        return "this kernel has no " + protocol + " (CONFIG_" + option + ", module " + module + ")";
    }

    /** The kernel's text names the kind of algorithm that it misses, if it says anything. */
    private static String missingAlgorithm(Attributes attributes, String text) {
        List<String> names = Stream.of(
                        text.contains("AUTH") ? Optional.<String>empty() : cipher(attributes),
                        text.contains("CRYPT") ? Optional.<String>empty() : integrity(attributes),
                        attributes.get(Xfrma.ALG_COMP).map(XfrmAlgo::name))
                .flatMap(Optional::stream)
                .toList();
        return "the kernel lacks " + String.join(" or ", names) + "; load its module, or choose another algorithm";
    }

    private static Optional<String> cipher(Attributes attributes) {
        return attributes
                .get(Xfrma.ALG_AEAD)
                .map(XfrmAlgoAead::name)
                .or(() -> attributes.get(Xfrma.ALG_CRYPT).map(XfrmAlgo::name));
    }

    private static Optional<String> integrity(Attributes attributes) {
        return attributes
                .get(Xfrma.ALG_AUTH_TRUNC)
                .map(XfrmAlgoAuth::name)
                .or(() -> attributes.get(Xfrma.ALG_AUTH).map(XfrmAlgo::name));
    }
}
