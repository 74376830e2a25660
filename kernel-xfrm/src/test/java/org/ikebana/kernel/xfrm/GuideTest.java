package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelBench;
import org.ikebana.ike.kernel.KernelChange.AddSa;
import org.ikebana.ike.kernel.KernelChange.PutPolicy;
import org.ikebana.ike.kernel.KernelContract;
import org.ikebana.ike.kernel.KernelEvent.Acquire;
import org.ikebana.ike.kernel.KernelEvent.AddressChanged;
import org.ikebana.ike.kernel.KernelEvent.EventsLost;
import org.ikebana.ike.kernel.KernelEvent.SoftExpire;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SaFlags;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.SpiRequest;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPacket;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.TransformType;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.xfrm.message.FlagsWord;
import org.ikebana.kernel.xfrm.message.XfrmDecoder;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.GetSadInfo;
import org.ikebana.kernel.xfrm.message.XfrmaSad;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Everything that the module's README.md shows. */
@Timeout(60)
class GuideTest implements KernelContract {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @RegisterExtension
    private final OwnKernel kernel = new OwnKernel();

    @Override
    public KernelBench bench() {
        return kernel.bench();
    }

    @Test
    void theGuideShowsNothingElse() throws IOException {
        String guide = Files.readString(Path.of("README.md"));
        String tested = unindented(Files.readString(
                Path.of("src/test/java", GuideTest.class.getName().replace('.', '/') + ".java")));

        assertThat(JAVA.matcher(guide).results().map(block -> unindented(block.group(1))))
                .hasSize(6)
                .allSatisfy(block -> assertThat(tested).contains(block));
    }

    @Test
    void putsAPolicy() throws Exception {
        try (KernelBackend kernel = new XfrmBackendProvider().open(Map.of())) {
            PolicySelector traffic =
                    new PolicySelector(prefix("10.1.0.0", 16), prefix("10.2.0.0", 16), 0, PortMatch.ANY, PortMatch.ANY);
            PolicyKey key = new PolicyKey(traffic, Direction.OUT, Mark.NONE, 0);
            PolicyTemplate tunnel = new PolicyTemplate(
                    InetAddress.ofLiteral("192.0.2.1"),
                    InetAddress.ofLiteral("192.0.2.2"),
                    SaProtocol.ESP,
                    SaMode.TUNNEL,
                    7);
            Policy policy = new Policy(key, 1000, Policy.Action.ALLOW, List.of(tunnel));
            kernel.apply(KernelUpdate.of(new PutPolicy(policy)));
            assertThat(kernel.snapshot().policies()).containsExactly(policy);
        }
    }

    @Test
    void listsWhatIsInstalled() throws Exception {
        putsAPolicy();
        StringBuilder out = new StringBuilder();
        KernelBackend kernel = backend();

        for (Policy policy : kernel.snapshot().policies()) {
            out.append(policy.key() + " priority " + policy.priority() + "\n");
        }
        for (var sa : kernel.snapshot().sas()) {
            out.append(sa.key() + " reqid " + sa.reqid() + ", " + sa.usage().bytes() + " octets\n");
        }

        assertThat(out).hasToString("out policy 10.1.0.0/16 to 10.2.0.0/16 priority 1000\n");
    }

    @Test
    @Tag("realkernel")
    void installsATunnel() throws Exception {
        needsEsp("the guide's tunnel");
        KernelBackend kernel = backend();
        Spi peersSpi = new Spi(0xc0ffee02);
        Secret keyIn = Secret.wrap(new byte[36]);
        Secret keyOut = Secret.wrap(new byte[36]);

        InetAddress here = InetAddress.ofLiteral("192.0.2.1");
        InetAddress there = InetAddress.ofLiteral("192.0.2.2");
        Spi spi = kernel.allocateSpi(new SpiRequest(there, here, SaProtocol.ESP, SaMode.TUNNEL, 7, Mark.NONE, 0));
        // IKE tells the peer our SPI, learns the peer's, and derives the keys
        kernel.apply(KernelUpdate.of(
                new AddSa(sa(Direction.IN, there, here, spi, keyIn)),
                new AddSa(sa(Direction.OUT, here, there, peersSpi, keyOut)),
                new PutPolicy(policy(Direction.OUT, "10.1.0.0", "10.2.0.0", here, there)),
                new PutPolicy(policy(Direction.IN, "10.2.0.0", "10.1.0.0", there, here)),
                new PutPolicy(policy(Direction.FORWARD, "10.2.0.0", "10.1.0.0", there, here))));

        assertThat(completeSas()).extracting(sa -> sa.key().spi()).containsExactlyInAnyOrder(spi, peersSpi);
        assertThat(policies()).hasSize(3);
    }

    private static SecurityAssociation sa(
            Direction direction, InetAddress source, InetAddress destination, Spi spi, Secret key) {
        Transform aes256gcm16 = new Transform(TransformType.ENCR, EncrId.AES_GCM_16, 256);
        return new SecurityAssociation(
                new SaKey(destination, spi, SaProtocol.ESP, Mark.NONE),
                source,
                direction,
                SaMode.TUNNEL,
                7, // reqid: ties the SA to the policies' templates
                0, // the Acquire that it answers, if any
                new SaAlgorithms(aes256gcm16, key, Optional.empty()),
                Optional.empty(), // ESP in UDP
                32, // replay window
                false, // extended sequence numbers
                new Lifetimes(3240, 3600, 0, 0, 0, 0),
                Optional.empty(),
                0, // XFRM interface
                0, // TFC padding
                SaFlags.DEFAULT);
    }

    private static Policy policy(
            Direction direction, String from, String to, InetAddress source, InetAddress destination) {
        PolicySelector traffic = new PolicySelector(prefix(from, 16), prefix(to, 16), 0, PortMatch.ANY, PortMatch.ANY);
        PolicyTemplate tunnel = new PolicyTemplate(source, destination, SaProtocol.ESP, SaMode.TUNNEL, 7);
        return new Policy(new PolicyKey(traffic, direction, Mark.NONE, 0), 1000, Policy.Action.ALLOW, List.of(tunnel));
    }

    @Test
    void followsEvents() throws Exception {
        putsAPolicy();
        BlockingQueue<String> log = new LinkedBlockingQueue<>();
        KernelBackend kernel = backend();

        kernel.listen(event -> {
            switch (event) {
                case Acquire acquire ->
                    log.add("wanted: an SA of reqid " + acquire.reqid() + " for " + acquire.packet());
                case SoftExpire expire -> log.add("rekey " + expire.key());
                case EventsLost lost -> log.add("look at the snapshot");
                default -> log.add(event.toString());
            }
        });

        bench().leave(TestPacket.udp(TestNet.IPV4, 5000));
        String told = log.poll(20, TimeUnit.SECONDS);
        while (new AddressChanged().toString().equals(told)) { // interfaces may still be coming up
            told = log.poll(20, TimeUnit.SECONDS);
        }
        assertThat(told)
                .isEqualTo("wanted: an SA of reqid 7 for 10.1.0.1/32 to 10.2.0.1/32 protocol 17 ports 4000 to 5000");
    }

    @Test
    void speaksToTheKernelDirectly() throws Exception {
        backend().allocateSpi(TestNet.IPV4.spiRequest(1));
        try (NetlinkClient<XfrmMessage> client = NetlinkClient.open(Netlink.NETLINK_XFRM, XfrmDecoder::decode)) {
            XfrmMessage answer = client.exchange(new GetSadInfo(FlagsWord.ALL, Attributes.NONE).request())
                    .answer()
                    .orElseThrow();
            int count = answer.attributes().get(XfrmaSad.CNT).orElseThrow();
            assertThat(count).isEqualTo(1);
        }
    }

    private static IpPrefix prefix(String address, int length) {
        return new IpPrefix(InetAddress.ofLiteral(address), length);
    }

    private static String unindented(String source) {
        return source.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }
}
