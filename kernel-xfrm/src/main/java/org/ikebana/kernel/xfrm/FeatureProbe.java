package org.ikebana.kernel.xfrm;

import java.io.IOException;
import java.net.InetAddress;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelFeature;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.kernel.netlink.Attribute;
import org.ikebana.kernel.netlink.AttributeType;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.netlink.NetlinkOutcome;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSa;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmReplayStateEsn;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaInfo;

/**
 * Tries out one thing after another, each with an SA on the loopback address that is deleted at once. A kernel passes over
 * attributes that it does not know, so that those count which it tells back.
 */
final class FeatureProbe {
    private static final InetAddress FOUR = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress SIX = InetAddress.ofLiteral("::1");
    /** Outside of what {@code ALLOCSPI} is asked for, so that no reservation is met. */
    private static final int FIRST_SPI = 0xbfff0000;

    private static final int FIRST_CPI = 0xf000;
    private static final int XFRM_MODE_IPTFS = 5;
    private static final int XFRM_SA_DIR_OUT = 2;
    private static final Encapsulation NAT_PORTS = new Encapsulation(4500, 4500);
    private static final int LARGEST_WINDOW = 4096;

    private final NetlinkClient<XfrmMessage> kernel;
    private final SaMessages messages;
    private final List<KernelFeature> features = new ArrayList<>();
    private int trials;

    FeatureProbe(NetlinkClient<XfrmMessage> kernel, SaMessages messages) {
        this.kernel = kernel;
        this.messages = messages;
    }

    /** @throws KernelException when the kernel is out of reach */
    List<KernelFeature> run() throws KernelException {
        try {
            protocols();
            for (KernelAlgorithms.Named named : KernelAlgorithms.all(Probe::randomKey)) {
                String group = named.protocol() == SaProtocol.ESP ? "ESP algorithm" : "AH algorithm";
                judge(group, named.name(), tryOut(named.protocol(), FOUR, named.algorithms(), sa -> sa));
            }
            sequenceNumbers();
            if (messages.directions()) {
                features.add(KernelFeature.present("SA", "direction (XFRMA_SA_DIR)"));
            } else {
                features.add(KernelFeature.missing("SA", "direction (XFRMA_SA_DIR)", "Linux 6.10 has it"));
            }
            toldBack(
                    "NAT keepalives by the kernel",
                    Xfrma.NAT_KEEPALIVE_INTERVAL,
                    "Linux 6.11 has them",
                    sa -> outboundInUdp(sa, Xfrma.NAT_KEEPALIVE_INTERVAL.of(20)));
            toldBack(
                    "SAs of one CPU (RFC 9611)",
                    Xfrma.SA_PCPU,
                    "Linux 6.13 has them",
                    sa -> new NewSa(sa.body(), sa.attributes().with(Xfrma.SA_PCPU, 0)));
            judge("SA", "IP-TFS (RFC 9347)", tryOut(SaProtocol.ESP, FOUR, cbc(), FeatureProbe::withIptfs));
            return List.copyOf(features);
        } catch (IOException e) {
            throw Refusals.unreachable("trial of XFRM", e);
        }
    }

    private void protocols() throws IOException {
        for (InetAddress address : List.of(FOUR, SIX)) {
            String family = address.equals(FOUR) ? " for IPv4" : " for IPv6";
            judge("protocol", "ESP" + family, tryOut(SaProtocol.ESP, address, cbc(), sa -> sa));
            judge("protocol", "AH" + family, tryOut(SaProtocol.AH, address, sha256(), sa -> sa));
            judge("protocol", "IPComp" + family, tryOut(SaProtocol.IPCOMP, address, sha256(), sa -> sa));
        }
    }

    private void sequenceNumbers() throws IOException {
        judge("SA", "extended sequence numbers", tryOut(SaProtocol.ESP, FOUR, cbc(), sa -> withWindow(sa, true)));
        judge(
                "SA",
                "replay windows of " + LARGEST_WINDOW + " packets",
                tryOut(SaProtocol.ESP, FOUR, cbc(), sa -> withWindow(sa, false)));
    }

    private void toldBack(String name, AttributeType<?> type, String remedy, UnaryOperator<NewSa> change)
            throws IOException {
        Trial trial = tryOut(SaProtocol.ESP, FOUR, cbc(), change);
        if (trial.installed().filter(sa -> sa.attributes().has(type)).isPresent()) {
            features.add(KernelFeature.present("SA", name));
        } else {
            features.add(KernelFeature.missing("SA", name, trial.isDone() ? remedy : trial.reason()));
        }
    }

    private void judge(String group, String name, Trial trial) {
        features.add(
                trial.isDone()
                        ? KernelFeature.present(group, name)
                        : KernelFeature.missing(group, name, trial.reason()));
    }

    private Trial tryOut(SaProtocol protocol, InetAddress address, SaAlgorithms algorithms, UnaryOperator<NewSa> change)
            throws IOException {
        trials++;
        Spi spi = new Spi((protocol == SaProtocol.IPCOMP ? FIRST_CPI : FIRST_SPI) + trials);
        SaKey key = new SaKey(address, spi, protocol, Mark.NONE);
        NewSa addition = change.apply(addition(Probe.sa(key, algorithms)));
        NetlinkOutcome<XfrmMessage> outcome = kernel.exchange(addition.request());
        String reason = outcome.isDone() ? "" : Refusals.reason(addition, outcome);
        addition.attributes().wipe();
        if (!outcome.isDone()) {
            return new Trial(reason, Optional.empty());
        }
        Optional<NewSa> installed = kernel.exchange(SaMessages.get(key).request())
                .answer()
                .filter(NewSa.class::isInstance)
                .map(NewSa.class::cast);
        installed.ifPresent(sa -> sa.attributes().wipe());
        kernel.exchange(SaMessages.delete(key, address).request());
        return new Trial("", installed);
    }

    private NewSa addition(SecurityAssociation sa) {
        try {
            return messages.add(sa);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("The algorithms tried have names", e);
        }
    }

    /** Which every kernel with ESP has. */
    private static SaAlgorithms cbc() {
        return named(named -> named.name().equals("cbc(aes)"));
    }

    private static SaAlgorithms sha256() {
        return named(named -> named.name().equals("hmac(sha256) 128"));
    }

    private static NewSa withWindow(NewSa sa, boolean extended) {
        int flags = sa.body().flags() | (extended ? SaMessages.XFRM_STATE_ESN : 0);
        XfrmReplayStateEsn window =
                new XfrmReplayStateEsn(LARGEST_WINDOW / Integer.SIZE, 0, 0, 0, 0, LARGEST_WINDOW, List.of());
        return new NewSa(
                body(sa.body(), sa.body().mode(), 0, flags), sa.attributes().with(Xfrma.REPLAY_ESN_VAL, window));
    }

    private static NewSa withIptfs(NewSa sa) {
        return new NewSa(
                body(
                        sa.body(),
                        XFRM_MODE_IPTFS,
                        sa.body().replayWindow(),
                        sa.body().flags()),
                sa.attributes());
    }

    /** Kernels that know directions take no window with this one. */
    private static NewSa outboundInUdp(NewSa sa, Attribute<?> attribute) {
        Attributes attributes = sa.attributes().has(Xfrma.SA_DIR)
                ? sa.attributes().without(Xfrma.SA_DIR).with(Xfrma.SA_DIR, XFRM_SA_DIR_OUT)
                : sa.attributes();
        return new NewSa(
                body(sa.body(), sa.body().mode(), 0, sa.body().flags()),
                attributes.with(Xfrma.ENCAP, SaMessages.template(NAT_PORTS)).with(attribute));
    }

    private static XfrmUsersaInfo body(XfrmUsersaInfo old, int mode, int replayWindow, int flags) {
        return new XfrmUsersaInfo(
                old.sel(),
                old.id(),
                old.saddr(),
                old.lft(),
                old.curlft(),
                old.stats(),
                old.seq(),
                old.reqid(),
                old.family(),
                mode,
                replayWindow,
                flags);
    }

    /**
     * What came of a trial.
     *
     * @param reason of the refusal; empty when there was none
     * @param installed as the kernel told it, without keys
     */
    private record Trial(String reason, Optional<NewSa> installed) {
        boolean isDone() {
            return reason.isEmpty();
        }
    }

    private static SaAlgorithms named(Predicate<KernelAlgorithms.Named> wanted) {
        return KernelAlgorithms.all(Probe::randomKey).stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow()
                .algorithms();
    }
}
