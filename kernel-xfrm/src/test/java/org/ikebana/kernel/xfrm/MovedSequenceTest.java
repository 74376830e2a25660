package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.ike.kernel.KernelChange.MoveSa;
import org.ikebana.ike.kernel.KernelChange.PutPolicy;
import org.ikebana.ike.kernel.KernelContract;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPacket;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.xfrm.message.XfrmDecoder;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sequence number that goes back gives AES-GCM an IV twice (RFC 4106 3.1): none does, wherever an SA moves. */
@Tag("realkernel")
@Timeout(120)
class MovedSequenceTest implements KernelContract {
    private static final TestNet NET = TestNet.IPV4;
    private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("198.51.100.7");
    private static final Optional<Encapsulation> IN_UDP = Optional.of(new Encapsulation(4500, 4501));

    @RegisterExtension
    private final OwnKernel kernel = new OwnKernel();

    @Override
    public XfrmBench bench() {
        return kernel.bench();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void numbersGoOnWithoutAGap(boolean extended) throws Exception {
        needsEsp("sequence numbers of a moved SA");
        TestSa sa = TestSa.outbound(NET, 1001).reqid(7);
        install(extended ? sa.extendedSequenceNumbers() : sa);
        SaKey here = sa.build().key();
        SaKey there = here.to(ELSEWHERE);
        leave(3);
        assertThat(sequence(here)).isEqualTo(3);

        move(here, ELSEWHERE, Optional.empty());
        assertThat(sequence(there)).isEqualTo(3);
        leave(2);
        assertThat(sequence(there)).isEqualTo(5);

        move(there, ELSEWHERE, IN_UDP);
        leave(1);
        move(there, ELSEWHERE, Optional.of(new Encapsulation(4500, 31_000)));
        leave(1);
        move(there, NET.peer(), Optional.empty());
        leave(1);
        assertThat(sequence(here)).isEqualTo(8);
    }

    @Test
    void anUpdateThatFailsDoesNotSetItBack() throws Exception {
        needsEsp("sequence numbers of an SA that comes back");
        TestSa sa = TestSa.outbound(NET, 1001).reqid(7);
        install(sa);
        leave(3);
        refused(
                EINVAL,
                TestPolicy.tunnel(NET, 9)
                        .udpTo(PortMatch.exactly(7))
                        .build()
                        .key()
                        .toString(),
                new MoveSa(sa.build().key(), NET.local(), ELSEWHERE, Optional.empty()),
                TestPolicy.tunnel(NET, 9)
                        .udpTo(PortMatch.exactly(7))
                        .tooManyTemplates()
                        .put());

        assertThat(sequence(sa.build().key())).isEqualTo(3 + SaCopy.LEAP);
    }

    /** The counter of packets and the last number stay together, however the moves fall between the packets. */
    @Test
    void underLoadNoNumberIsUsedTwice() throws Exception {
        needsEsp("sequence numbers under load");
        TestSa sa = TestSa.outbound(NET, 1001).reqid(7);
        install(sa);
        AtomicBoolean over = new AtomicBoolean();
        Semaphore sent = new Semaphore(0);
        Thread load = new Thread(() -> {
            while (!over.get()) {
                leaveQuietly();
                sent.release();
            }
        });
        load.start();
        SaKey key = sa.build().key();
        int moves = 0;
        while (moves < 50 || backend().usage(key).orElseThrow().packets() <= moves) {
            sent.acquire(); // so that packets fall between the moves
            InetAddress next = moves % 2 == 0 ? ELSEWHERE : NET.peer();
            move(key, next, moves % 3 == 0 ? IN_UDP : Optional.empty());
            key = key.to(next);
            moves++;
        }
        over.set(true);
        load.join();

        long packets = backend().usage(key).orElseThrow().packets();
        assertThat(packets).isGreaterThan(moves);
        assertThat(sequence(key)).isEqualTo(packets);
    }

    private void install(TestSa sa) throws Exception {
        apply(sa.add(), TestPolicy.tunnel(NET, 7).put());
    }

    private void move(SaKey key, InetAddress peer, Optional<Encapsulation> encapsulation) throws Exception {
        Policy policy = TestPolicy.tunnel(NET, 7).build();
        PolicyTemplate template = new PolicyTemplate(NET.local(), peer, SaProtocol.ESP, SaMode.TUNNEL, 7);
        apply(
                new MoveSa(key, NET.local(), peer, encapsulation),
                new PutPolicy(new Policy(policy.key(), policy.priority(), policy.action(), List.of(template))));
    }

    private void leave(int packets) throws Exception {
        for (int i = 0; i < packets; i++) {
            bench().leave(TestPacket.udp(NET, 5000));
        }
    }

    private void leaveQuietly() {
        try {
            leave(1);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static long sequence(SaKey key) throws Exception {
        try (NetlinkClient<XfrmMessage> client = NetlinkClient.open(Netlink.NETLINK_XFRM, XfrmDecoder::decode)) {
            XfrmMessage sa =
                    client.exchange(SaMessages.get(key).request()).answer().orElseThrow();
            return sa.attributes()
                    .get(Xfrma.REPLAY_VAL)
                    .map(state -> Integer.toUnsignedLong(state.oseq()))
                    .or(() -> sa.attributes()
                            .get(Xfrma.REPLAY_ESN_VAL)
                            .map(state -> Integer.toUnsignedLong(state.oseqHi()) << 32
                                    | Integer.toUnsignedLong(state.oseq())))
                    .orElseThrow();
        }
    }
}
