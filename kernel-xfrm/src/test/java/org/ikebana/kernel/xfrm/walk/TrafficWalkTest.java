package org.ikebana.kernel.xfrm.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.xfrm.walk.Entries.template;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.table.PolicyEntry;
import org.ikebana.kernel.xfrm.table.XfrmCounter;
import org.ikebana.kernel.xfrm.table.XfrmTables;
import org.ikebana.kernel.xfrm.table.XfrmTables.DefaultActions;
import org.junit.jupiter.api.Test;

class TrafficWalkTest {
    private static final Packet OUTWARDS = packet("10.1.0.5", "10.2.0.5", 6, 0, 0);
    private static final Packet INWARDS = packet("10.2.0.5", "10.1.0.5", 6, 0, 0);
    private static final int TCP = 6;
    private static final int UDP = 17;

    private final Entries entries = new Entries();

    @Test
    void whatNoPolicyIsForGoesInClear() {
        entries.tunnelPolicies(7);

        assertThat(verdict(packet("10.1.0.5", "10.3.0.5", TCP, 0, 0), Direction.OUT))
                .isInstanceOf(Verdict.InClear.class);
    }

    @Test
    void whatNoPolicyIsForIsDroppedWhereTheDefaultIsSo() {
        Verdict verdict = new TrafficWalk(entries.tables(new DefaultActions(false, false, true)), host(false))
                .stage(OUTWARDS, Direction.OUT)
                .verdict();

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Dropped.class,
                        dropped -> assertThat(dropped.counter()).contains(XfrmCounter.OUT_POL_BLOCK));
    }

    @Test
    void theSaOfThePolicysReqidProtects() {
        entries.tunnelPolicies(7)
                .sa("192.0.2.1", "192.0.2.2", 0x1000, 6)
                .sa("192.0.2.1", "192.0.2.2", 0x2000, 7)
                .sa("192.0.2.2", "192.0.2.1", 0x3000, 7);

        Stage stage = stage(OUTWARDS, Direction.OUT);

        assertThat(spis(stage.verdict())).containsExactly(0x2000);
        assertThat(reasons(stage))
                .containsExactly(
                        List.of(),
                        List.of("its reqid is 6, the template's 7"),
                        List.of("it is from 192.0.2.2 to 192.0.2.1"));
    }

    @Test
    void theNewestSaProtectsThatHasNotReachedItsSoftLimit() {
        entries.tunnelPolicies(7)
                .sa("192.0.2.1", "192.0.2.2", 0x1000, 7, 10, 0, Entries.algorithm())
                .sa("192.0.2.1", "192.0.2.2", 0x2000, 7, 0, 1, Entries.algorithm())
                .sa("192.0.2.1", "192.0.2.2", 0x3000, 7, 0, 0, Entries.algorithm())
                .sa("192.0.2.1", "192.0.2.2", 0x4000, 7, 10, 5, Entries.algorithm());

        assertThat(spis(verdict(OUTWARDS, Direction.OUT))).containsExactly(0x2000);
    }

    @Test
    void withoutSaThePacketIsDroppedUntilItIsThere() {
        entries.tunnelPolicies(7);

        assertThat(verdict(OUTWARDS, Direction.OUT)).isEqualTo(new Verdict.Awaited(7, Optional.empty(), false));
    }

    @Test
    void whatIsBeingNegotiatedIsTold() {
        entries.tunnelPolicies(7).sa("192.0.2.1", "192.0.2.2", 0, 7, 0, 0, Attributes.NONE);
        XfrmTables tables = entries.tables();

        assertThat(new TrafficWalk(tables, host(true))
                        .stage(OUTWARDS, Direction.OUT)
                        .verdict())
                .isEqualTo(new Verdict.Awaited(7, Optional.of(tables.sas().getFirst()), true));
    }

    @Test
    void usedUpSequenceNumbersDrop() {
        entries.tunnelPolicies(7).sa("192.0.2.1", "192.0.2.2", 0x1000, 7, 0, 0, Entries.sent(-1));

        assertThat(verdict(OUTWARDS, Direction.OUT))
                .isEqualTo(new Verdict.Dropped(
                        "ESP SA 00001000 to 192.0.2.2 is taken, but its sequence numbers are used up",
                        Optional.of(XfrmCounter.OUT_STATE_SEQ_ERROR)));
    }

    @Test
    void anSaForReceiptDoesNotSend() {
        entries.tunnelPolicies(7)
                .sa(
                        "192.0.2.1",
                        "192.0.2.2",
                        0x1000,
                        7,
                        0,
                        0,
                        Entries.algorithm().with(Xfrma.SA_DIR, 1));

        assertThat(verdict(OUTWARDS, Direction.OUT))
                .isInstanceOfSatisfying(
                        Verdict.Dropped.class,
                        dropped -> assertThat(dropped.counter()).contains(XfrmCounter.OUT_STATE_DIR_ERROR));
    }

    @Test
    void theLowestPriorityWinsAndOfEqualOnesTheOldest() {
        entries.tunnelPolicies(7)
                .block(PolicyEntry.OUT, "10.1.0.0", "10.2.0.0", UDP, 1000)
                .block(PolicyEntry.OUT, "10.1.0.0", "10.2.0.0", TCP, 999)
                .policy(PolicyEntry.OUT, "10.1.0.0", "10.2.0.0", 0, -1);

        assertThat(verdict(OUTWARDS, Direction.OUT))
                .isEqualTo(new Verdict.Dropped("the policy says so", Optional.of(XfrmCounter.OUT_POL_BLOCK)));
        assertThat(verdict(packet("10.1.0.5", "10.2.0.5", UDP, 0, 0), Direction.OUT))
                .isEqualTo(new Verdict.Awaited(7, Optional.empty(), false));
    }

    @Test
    void saysWhyOtherPoliciesOfTheSameHostsAreNotForIt() {
        entries.tunnelPolicies(7)
                .block(PolicyEntry.OUT, "10.1.0.0", "10.2.0.0", UDP, 1)
                .marked(2, 5)
                .onInterface(3, 9)
                .block(PolicyEntry.OUT, "10.1.0.0", "10.3.0.0", 0, 1);

        assertThat(stage(OUTWARDS, Direction.OUT).others().stream().map(PolicyCheck::reasons))
                .containsExactlyInAnyOrder(
                        List.of("it is for protocol 17"),
                        List.of("it wants mark 0x5/0xffffffff"),
                        List.of("it is for the XFRM interface with if_id 0x9"));
    }

    @Test
    void marksAndInterfacesChooseTheirPolicies() {
        entries.tunnelPolicies(7).marked(2, 5).onInterface(3, 9);

        assertThat(verdict(packet("10.1.0.5", "10.2.0.5", TCP, 5, 0), Direction.OUT))
                .isInstanceOf(Verdict.Dropped.class);
        assertThat(verdict(packet("10.1.0.5", "10.2.0.5", TCP, 0, 9), Direction.OUT))
                .isInstanceOf(Verdict.InClear.class);
        assertThat(verdict(packet("10.1.0.5", "10.2.0.5", TCP, 0, 8), Direction.OUT))
                .as("what is routed into an XFRM interface without policy")
                .isInstanceOfSatisfying(
                        Verdict.Dropped.class,
                        dropped -> assertThat(dropped.counter()).isEmpty());
    }

    @Test
    void whatComesInMustHaveComeThroughTheSaOfThePolicy() {
        entries.tunnelPolicies(7).sa("192.0.2.2", "192.0.2.1", 0x1000, 7).sa("192.0.2.2", "192.0.2.9", 0x2000, 7);

        for (Direction direction : List.of(Direction.IN, Direction.FORWARD)) {
            Stage stage = stage(INWARDS, direction);
            assertThat(stage.verdict())
                    .isInstanceOfSatisfying(
                            Verdict.OnlyThrough.class,
                            through -> assertThat(through.sas())
                                    .extracting(sa -> sa.spi().value())
                                    .containsExactly(0x1000));
            assertThat(reasons(stage).getLast())
                    .containsExactly("it is from 192.0.2.2 to 192.0.2.9", "192.0.2.9 is no address of this host");
        }
    }

    @Test
    void withoutSaNothingComesIn() {
        entries.tunnelPolicies(7).sa("192.0.2.2", "192.0.2.1", 0x1000, 8);

        assertThat(verdict(INWARDS, Direction.IN))
                .isInstanceOfSatisfying(
                        Verdict.Dropped.class,
                        dropped -> assertThat(dropped.counter()).contains(XfrmCounter.IN_TMPL_MISMATCH));
    }

    @Test
    void aForwardedPacketIsLookedAtTwice() {
        entries.tunnelPolicies(7).sa("192.0.2.1", "192.0.2.2", 0x1000, 7);
        Host host = host(false);

        List<Stage> stages = new TrafficWalk(entries.tables(), host).stages(OUTWARDS, host.directions(OUTWARDS));

        assertThat(stages).extracting(Stage::direction).containsExactly(Direction.FORWARD, Direction.OUT);
        assertThat(stages.getFirst().verdict()).isInstanceOf(Verdict.InClear.class);
        assertThat(spis(stages.getLast().verdict())).containsExactly(0x1000);
        assertThat(host.directions(packet("192.0.2.1", "192.0.2.2", TCP, 0, 0))).containsExactly(Direction.OUT);
        assertThat(host.directions(packet("192.0.2.2", "192.0.2.1", TCP, 0, 0))).containsExactly(Direction.IN);
    }

    @Test
    void theWalkEndsWhereThePacketDoes() {
        entries.block(PolicyEntry.FORWARD, "10.1.0.0", "10.2.0.0", 0, 1)
                .policy(PolicyEntry.OUT, "10.1.0.0", "10.2.0.0", 0, 1, template("192.0.2.1", "192.0.2.2", 7));

        List<Stage> stages = new TrafficWalk(entries.tables(), host(false))
                .stages(OUTWARDS, host(false).directions(OUTWARDS));

        assertThat(stages)
                .extracting(Stage::verdict)
                .containsExactly(new Verdict.Dropped("the policy says so", Optional.of(XfrmCounter.IN_POL_BLOCK)));
    }

    private Stage stage(Packet packet, Direction direction) {
        return new TrafficWalk(entries.tables(), host(false)).stage(packet, direction);
    }

    private Verdict verdict(Packet packet, Direction direction) {
        return stage(packet, direction).verdict();
    }

    private static List<List<String>> reasons(Stage stage) {
        return stage.templates().getFirst().sas().stream()
                .map(check -> check.obstacles().stream().map(Obstacle::reason).toList())
                .toList();
    }

    private static List<Integer> spis(Verdict verdict) {
        return verdict instanceof Verdict.Sent sent
                ? sent.sas().stream().map(sa -> sa.spi().value()).toList()
                : List.of();
    }

    private static Host host(boolean holds) {
        return new Host(Set.of(InetAddress.ofLiteral("192.0.2.1")), holds, Entries.ADDED.plusSeconds(20));
    }

    private static Packet packet(String source, String destination, int protocol, int mark, int ifId) {
        return new Packet(
                InetAddress.ofLiteral(source), InetAddress.ofLiteral(destination), protocol, 0, 0, mark, ifId);
    }
}
