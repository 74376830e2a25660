package org.ikebana.kernel.xfrm;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelFeature;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.kernel.netlink.Attribute;
import org.ikebana.kernel.netlink.AttributeType;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.NetlinkClient;
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
    private static final int XFRM_MODE_IPTFS = 5;
    private static final int XFRM_SA_DIR_OUT = 2;
    private static final Encapsulation NAT_PORTS = new Encapsulation(4500, 4500);
    private static final int LARGEST_WINDOW = 4096;

    private final SaMessages messages;
    private final SaTrials trials;
    private final List<KernelFeature> features = new ArrayList<>();

    FeatureProbe(NetlinkClient<XfrmMessage> kernel, SaMessages messages) {
        this.messages = messages;
        this.trials = new SaTrials(kernel, messages);
    }

    /**
     * In the calling thread's network namespace, as far as interfaces are concerned.
     *
     * @throws KernelException when the kernel is out of reach
     */
    List<KernelFeature> run() throws KernelException {
        try {
            protocols();
            for (KernelAlgorithms.Named named : KernelAlgorithms.all(Probe::randomKey)) {
                String group = named.protocol() == SaProtocol.ESP ? "ESP algorithm" : "AH algorithm";
                judge(group, named.name(), trials.run(named.protocol(), FOUR, named.algorithms(), sa -> sa));
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
            judge("SA", "IP-TFS (RFC 9347)", trials.run(SaProtocol.ESP, FOUR, cbc(), FeatureProbe::withIptfs));
            features.addAll(new NetworkProbe(trials).run());
            return List.copyOf(features);
        } catch (IOException e) {
            throw Refusals.unreachable("trial of XFRM", e);
        }
    }

    private void protocols() throws IOException {
        for (InetAddress address : List.of(FOUR, SIX)) {
            String family = address.equals(FOUR) ? " for IPv4" : " for IPv6";
            judge("protocol", "ESP" + family, trials.run(SaProtocol.ESP, address, cbc(), sa -> sa));
            judge("protocol", "AH" + family, trials.run(SaProtocol.AH, address, sha256(), sa -> sa));
            judge("protocol", "IPComp" + family, trials.run(SaProtocol.IPCOMP, address, sha256(), sa -> sa));
        }
    }

    private void sequenceNumbers() throws IOException {
        judge("SA", "extended sequence numbers", trials.run(SaProtocol.ESP, FOUR, cbc(), sa -> withWindow(sa, true)));
        judge(
                "SA",
                "replay windows of " + LARGEST_WINDOW + " packets",
                trials.run(SaProtocol.ESP, FOUR, cbc(), sa -> withWindow(sa, false)));
    }

    private void toldBack(String name, AttributeType<?> type, String remedy, UnaryOperator<NewSa> change)
            throws IOException {
        SaTrials.Trial trial = trials.run(SaProtocol.ESP, FOUR, cbc(), change);
        if (trial.installed().filter(sa -> sa.attributes().has(type)).isPresent()) {
            features.add(KernelFeature.present("SA", name));
        } else {
            features.add(KernelFeature.missing("SA", name, trial.isDone() ? remedy : trial.reason()));
        }
    }

    private void judge(String group, String name, SaTrials.Trial trial) {
        features.add(
                trial.isDone()
                        ? KernelFeature.present(group, name)
                        : KernelFeature.missing(group, name, trial.reason()));
    }

    /** Which every kernel with ESP has. */
    private static SaAlgorithms cbc() {
        return SaTrials.algorithms("cbc(aes)");
    }

    private static SaAlgorithms sha256() {
        return SaTrials.algorithms("hmac(sha256) 128");
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
}
