package org.ikebana.kernel.xfrm;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.ikebana.ike.kernel.KernelFeature;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.kernel.link.Link;
import org.ikebana.kernel.link.Links;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.rtnetlink.RouteMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSa;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmUserOffload;

/** What the interfaces of the calling thread's network namespace can do for IPsec. */
record NetworkProbe(SaTrials trials) {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final int XFRM_OFFLOAD_INBOUND = 2;
    private static final String TRIAL_INTERFACE = "ikebana-trial";
    private static final int TRIAL_IF_ID = 0xfffffffe;
    private static final int TRIAL_MTU = 1400;

    List<KernelFeature> run() throws IOException {
        List<KernelFeature> features = new ArrayList<>();
        try (NetlinkClient<RouteMessage> network = Links.connect()) {
            Links links = new Links(network);
            features.add(xfrmInterfaces(links));
            Set<String> taking = new TreeSet<>();
            for (Link link : links.all()) {
                if (takesSas(link)) {
                    taking.add(link.name());
                }
            }
            features.add(
                    taking.isEmpty()
                            ? KernelFeature.missing(
                                    "network",
                                    "hardware offload",
                                    "no interface here takes SAs over (esp-hw-offload of 'ethtool -k')")
                            : KernelFeature.present("network", "hardware offload by " + String.join(", ", taking)));
        }
        return features;
    }

    private static KernelFeature xfrmInterfaces(Links links) throws IOException {
        String name = "XFRM interfaces";
        try {
            links.delete(links.addXfrm(TRIAL_INTERFACE, TRIAL_IF_ID, TRIAL_MTU));
            return KernelFeature.present("network", name);
        } catch (ErrnoException e) {
            return KernelFeature.missing("network", name, String.valueOf(e.getMessage()));
        }
    }

    /** Where the card cannot, the kernel installs the SA without it. */
    private boolean takesSas(Link link) throws IOException {
        SaTrials.Trial trial = trials.run(
                SaProtocol.ESP,
                HERE,
                SaTrials.algorithms("rfc4106(gcm(aes)) 128"),
                sa -> new NewSa(
                        sa.body(),
                        sa.attributes()
                                .with(Xfrma.OFFLOAD_DEV, new XfrmUserOffload(link.index(), XFRM_OFFLOAD_INBOUND))));
        return trial.installed()
                .filter(sa -> sa.attributes().has(Xfrma.OFFLOAD_DEV))
                .isPresent();
    }
}
