package org.ikebana.ike.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.kernel.KernelEvent.Acquire;
import org.ikebana.ike.kernel.KernelEvent.HardExpire;
import org.ikebana.ike.kernel.KernelEvent.SoftExpire;
import org.ikebana.ike.kernel.KernelSnapshot.InstalledSa;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link KernelChange.MoveSa}: an SA goes to other outer addresses and ports and stays the same SA. */
public interface MoveContract extends KernelContract {
    int ESRCH = 3;
    Spi INBOUND = new Spi(0xc0ffee02);
    int OUTBOUND = 1001;
    Optional<Encapsulation> IN_UDP = Optional.of(new Encapsulation(4500, 4600));

    private static InetAddress elsewhere(TestNet net) {
        return InetAddress.ofLiteral(net == TestNet.IPV4 ? "198.51.100.7" : "2001:db8:7::7");
    }

    private static KernelChange.MoveSa away(TestNet net, TestSa outbound) {
        return new KernelChange.MoveSa(outbound.build().key(), net.local(), elsewhere(net), Optional.empty());
    }

    private static Policy towards(TestNet net, InetAddress peer, int reqid) {
        Policy policy = TestPolicy.tunnel(net, reqid).build();
        PolicyTemplate template = new PolicyTemplate(net.local(), peer, SaProtocol.ESP, SaMode.TUNNEL, reqid);
        return new Policy(policy.key(), policy.priority(), policy.action(), List.of(template));
    }

    @ParameterizedTest
    @EnumSource
    default void bothSasOfATunnelMove(TestNet net) throws Exception {
        needsEsp("moving an SA");
        TestSa in = TestSa.inbound(net, INBOUND).reqid(7);
        TestSa out = TestSa.outbound(net, OUTBOUND).reqid(7);
        apply(in.add(), out.add(), TestPolicy.tunnel(net, 7).put());

        apply(
                away(net, out),
                new KernelChange.MoveSa(in.build().key(), elsewhere(net), net.local(), Optional.empty()),
                new KernelChange.PutPolicy(towards(net, elsewhere(net), 7)));

        assertThat(completeSas())
                .extracting(InstalledSa::key)
                .containsExactlyInAnyOrder(in.build().key(), out.build().key().to(elsewhere(net)));
        assertThat(completeSas())
                .extracting(InstalledSa::source)
                .containsExactlyInAnyOrder(elsewhere(net), net.local());
        assertThat(completeSas()).extracting(InstalledSa::reqid).containsOnly(7);
        assertThat(policies()).containsExactly(towards(net, elsewhere(net), 7));
    }

    @Test
    default void intoUdpToOtherPortsAndOutOfIt() throws Exception {
        needsEsp("moving an SA into UDP");
        TestNet net = TestNet.IPV4;
        TestSa out = TestSa.outbound(net, OUTBOUND);
        SaKey key = out.build().key();
        apply(out.add());

        for (Optional<Encapsulation> wanted :
                List.of(IN_UDP, Optional.of(new Encapsulation(4500, 31_000)), Optional.<Encapsulation>empty())) {
            apply(new KernelChange.MoveSa(key, net.local(), net.peer(), wanted));
            assertThat(completeSas()).singleElement().satisfies(sa -> {
                assertThat(sa.encapsulation()).isEqualTo(wanted);
                assertThat(sa.key()).isEqualTo(key);
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    default void countersGoOnAndPacketsFindTheSa(TestNet net) throws Exception {
        needsEsp("packets of a moved SA");
        EventLog events = EventLog.of(bench());
        TestSa out = TestSa.outbound(net, OUTBOUND).reqid(7);
        SaKey key = out.build().key();
        apply(out.add(), TestPolicy.tunnel(net, 7).put());
        leave(net, 3);
        SaUsage before = backend().usage(key).orElseThrow();
        assertThat(before.packets()).isEqualTo(3);

        apply(away(net, out), new KernelChange.PutPolicy(towards(net, elsewhere(net), 7)));
        leave(net, 2);

        assertThat(backend().usage(key)).isEmpty();
        SaUsage after = backend().usage(key.to(elsewhere(net))).orElseThrow();
        assertThat(after.packets()).isEqualTo(5);
        assertThat(after.bytes()).isGreaterThan(before.bytes());
        assertThat(after.added()).isEqualTo(before.added());
        assertThat(events.all(Acquire.class)).isEmpty();
    }

    @Test
    default void aLimitOfPacketsCountsThoseBeforeTheMove() throws Exception {
        needsEsp("limits of a moved SA");
        TestNet net = TestNet.IPV4;
        EventLog events = EventLog.of(bench());
        TestSa out = TestSa.outbound(net, OUTBOUND).reqid(7).lifetimes(new Lifetimes(0, 0, 0, 0, 2, 5));
        apply(out.add(), TestPolicy.tunnel(net, 7).put());
        leave(net, 3);
        events.first(SoftExpire.class);

        apply(away(net, out), new KernelChange.PutPolicy(towards(net, elsewhere(net), 7)));
        leave(net, 3);

        assertThat(events.first(HardExpire.class))
                .isEqualTo(new HardExpire(out.build().key().to(elsewhere(net)), 7));
        assertThat(events.all(SoftExpire.class)).as("told once").hasSize(1);
    }

    @Test
    default void aLimitOfTimeCountsFromTheBeginning() throws Exception {
        needsEsp("limits of a moved SA");
        TestNet net = TestNet.IPV4;
        EventLog events = EventLog.of(bench());
        TestSa out = TestSa.outbound(net, OUTBOUND).reqid(7).lifetimes(new Lifetimes(1, 10, 0, 0, 0, 0));
        apply(out.add());
        events.first(SoftExpire.class);
        bench().advance(Duration.ofSeconds(3)); // told just before it moved it might be told twice

        apply(away(net, out));
        events.first(HardExpire.class);

        assertThat(events.all(SoftExpire.class)).as("told once").hasSize(1);
        assertThat(sas()).isEmpty();
    }

    @Test
    default void whatIsNotThereDoesNotMove() throws Exception {
        TestNet net = TestNet.IPV4;
        TestSa out = TestSa.outbound(net, OUTBOUND);
        refused(ESRCH, out.build().key().toString(), away(net, out));

        Spi reserved = backend().allocateSpi(net.spiRequest(7));
        SaKey larval = TestSa.inbound(net, reserved).build().key();
        refused(
                ESRCH,
                larval.toString(),
                new KernelChange.MoveSa(larval, elsewhere(net), net.local(), Optional.empty()));
    }

    @Test
    default void nothingMovesOntoAnother() throws Exception {
        needsEsp("moving onto another SA");
        TestNet net = TestNet.IPV4;
        TestSa out = TestSa.outbound(net, OUTBOUND);
        SecurityAssociation other = out.build().between(net.local(), elsewhere(net), Optional.empty());
        apply(out.add(), new KernelChange.AddSa(other));

        refused(EEXIST, other.key().toString(), away(net, out));

        assertThat(completeSas())
                .extracting(InstalledSa::key)
                .containsExactlyInAnyOrder(out.build().key(), other.key());
    }

    @Test
    default void anUpdateThatFailsBringsItBack() throws Exception {
        needsEsp("undoing a move");
        TestNet net = TestNet.IPV4;
        TestSa out = TestSa.outbound(net, OUTBOUND).reqid(7).encapsulation(4500, 4501);
        SaKey key = out.build().key();
        apply(out.add(), TestPolicy.tunnel(net, 7).put());
        leave(net, 2);
        KernelChange broken = TestPolicy.tunnel(net, 9)
                .udpTo(PortMatch.exactly(7))
                .tooManyTemplates()
                .put();

        refused(EINVAL, TransactionContract.REFUSED_POLICY, away(net, out), broken);
        leave(net, 1);

        assertThat(completeSas()).singleElement().satisfies(sa -> {
            assertThat(sa.key()).isEqualTo(key);
            assertThat(sa.source()).isEqualTo(net.local());
            assertThat(sa.encapsulation()).contains(new Encapsulation(4500, 4501));
            assertThat(sa.usage().packets()).isEqualTo(3);
        });
    }

    private void leave(TestNet net, int packets) throws Exception {
        for (int i = 0; i < packets; i++) {
            bench().leave(TestPacket.udp(net, 5000));
        }
        bench().advance(Duration.ofMillis(100));
    }
}
