package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.PolicyOptions;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.kernel.memory.InboundVerdict;
import org.ikebana.kernel.memory.IpPacket;
import org.ikebana.kernel.memory.OutboundVerdict;
import org.ikebana.kernel.model.Errno;
import org.junit.jupiter.api.Test;

/** Children that are policies alone ({@code mode = pass}, {@code mode = drop}), beside a tunnel. */
class ShuntTest {
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final TwoPeers peers = new TwoPeers();
    private final Site west = westSite().starting(StartAction.START);

    ShuntTest() throws Exception {}

    private ChildConfig shunt(String name, Policy.Action action, String local, String remote) {
        return westSite()
                .starting(StartAction.TRAP)
                .withChild(child -> child.shunt(Optional.of(action)))
                .child(name, local, remote);
    }

    private ConnectionConfig site(ChildConfig... others) throws Exception {
        var children = new ArrayList<>(List.of(west.child("net", "10.1.0.0/16", "10.2.0.0/16")));
        children.addAll(List.of(others));
        return west.connection(children.toArray(ChildConfig[]::new));
    }

    private void load(ConnectionConfig... connections) {
        peers.west.load(List.of(Site.secret("correct horse")), connections);
    }

    private void up(ChildConfig... others) throws Exception {
        peers.east.load(List.of(Site.secret("correct horse")), eastSite().connection());
        load(site(others));
        peers.pass(A_MOMENT);
        assertThat(peers.west.ikeSa().childSas())
                .singleElement()
                .satisfies(sa -> assertThat(sa.config().name()).isEqualTo("net"));
    }

    private OutboundVerdict send(String source, String destination) {
        return peers.west
                .memory()
                .packetOut(IpPacket.Clear.udp(
                        InetAddress.ofLiteral(source), 4000, InetAddress.ofLiteral(destination), 4000));
    }

    @Test
    void whatPassesPassesBeforeTheTunnelAndNothingElse() throws Exception {
        up(shunt("printer", Policy.Action.ALLOW, "10.1.0.0/24", "10.2.9.0/24"));
        assertThat(send("10.1.0.7", "10.2.9.7")).isInstanceOf(OutboundVerdict.Passed.class);
        assertThat(send("10.1.1.7", "10.2.9.7")).isInstanceOf(OutboundVerdict.Protected.class);
        assertThat(send("10.1.0.7", "10.2.8.7")).isInstanceOf(OutboundVerdict.Protected.class);
    }

    @Test
    void whatIsDroppedIsWhatNoTunnelTakes() throws Exception {
        up(shunt("rest", Policy.Action.BLOCK, "10.1.0.0/16", "0.0.0.0/0"));
        assertThat(send("10.1.0.7", "10.2.9.7")).isInstanceOf(OutboundVerdict.Protected.class);
        assertThat(send("10.1.0.7", "10.3.0.7")).isInstanceOf(OutboundVerdict.Blocked.class);
        assertThat(send("10.9.0.7", "10.3.0.7")).isInstanceOf(OutboundVerdict.Passed.class);
        var inwards =
                IpPacket.Clear.udp(InetAddress.ofLiteral("10.3.0.7"), 4000, InetAddress.ofLiteral("10.1.0.7"), 4000);
        assertThat(peers.west.memory().packetForwarded(inwards))
                .isEqualTo(new InboundVerdict.Dropped(InboundVerdict.Cause.BLOCKED));
    }

    /** It stands before the daemon calls anybody, and needs nobody to call. */
    @Test
    void standsWithoutAPeer() throws Exception {
        var alone = ConnectionConfig.named("alone")
                .children(List.of(shunt("rest", Policy.Action.BLOCK, "10.1.0.0/16", "10.3.0.0/16")))
                .build();
        load(alone);
        assertThat(send("10.1.0.7", "10.3.0.7")).isInstanceOf(OutboundVerdict.Blocked.class);
        assertThat(peers.west.events(IkeEvent.ShuntInstalled.class)).hasSize(1);
        assertThat(peers.west.engine().ikeSas()).isEmpty();

        peers.west.engine().want("alone", "rest", DesiredState.UP);
        peers.west.engine().initiate("alone");
        peers.pass(A_MOMENT);
        assertThat(peers.network.sent()).isEmpty();
        assertThat(peers.west.engine().desired("alone", "rest")).contains(DesiredState.ON_DEMAND);
    }

    /** No peer can come on a connection that has no peer, whatever it allows. */
    @Test
    void nobodyComesOnAConnectionOfPoliciesAlone() throws Exception {
        var anybody = new AuthConfig(AuthConfig.Method.PSK, Identity.ANY);
        var trap = ConnectionConfig.named("alone")
                .local(anybody)
                .remote(anybody)
                .proposals(eastSite().connection().proposals())
                .children(List.of(shunt("rest", Policy.Action.ALLOW, "10.2.0.0/16", "10.1.0.0/16")))
                .build();
        peers.east.load(List.of(Site.secret("correct horse")), trap);
        load(site());
        peers.pass(Duration.ofSeconds(5));
        assertThat(peers.east.engine().ikeSas()).isEmpty();
        assertThat(peers.west.engine().ikeSas()).noneMatch(sa -> sa.isEstablished());
    }

    /** The peer asks for what the shunt covers: a tunnel is made of tunnels alone. */
    @Test
    void noPeerGetsATunnelOfAShunt() throws Exception {
        var offering = eastSite()
                .connection(
                        eastSite().child("net", "10.2.0.0/16", "10.1.0.0/16"),
                        eastSite()
                                .starting(StartAction.TRAP)
                                .withChild(child -> child.shunt(Optional.of(Policy.Action.BLOCK)))
                                .child("rest", "10.4.0.0/16", "10.1.0.0/16"));
        peers.east.load(List.of(Site.secret("correct horse")), offering);
        load(west.connection(west.child("net", "10.1.0.0/16", "10.4.0.0/16")));
        peers.pass(Duration.ofSeconds(2));
        assertThat(peers.west.events(IkeEvent.ChildSaEstablished.class)).isEmpty();
        assertThat(peers.west.events(IkeEvent.NegotiationFailed.class)).isNotEmpty();
    }

    @Test
    void aReloadLeavesTheTunnelAloneAndChangesTheShuntWithoutAGap() throws Exception {
        up(shunt("rest", Policy.Action.BLOCK, "10.1.0.0/16", "10.3.0.0/16"));
        int sent = peers.network.sent().size();
        load(site(shunt("rest", Policy.Action.BLOCK, "10.1.0.0/16", "10.0.0.0/8")));
        assertThat(send("10.1.0.7", "10.3.0.7")).isInstanceOf(OutboundVerdict.Blocked.class);
        assertThat(send("10.1.0.7", "10.7.0.7")).isInstanceOf(OutboundVerdict.Blocked.class);

        load(site());
        peers.pass(A_MOMENT);
        assertThat(send("10.1.0.7", "10.3.0.7")).isInstanceOf(OutboundVerdict.Passed.class);
        assertThat(peers.network.sent()).hasSize(sent);
        assertThat(peers.west.ikeSa().childSas()).hasSize(1);
    }

    /** A child that was a tunnel is to be dropped from now on: no packet gets out between the two. */
    @Test
    void aTunnelBecomesADrop() throws Exception {
        up();
        load(west.connection(shunt("net", Policy.Action.BLOCK, "10.1.0.0/16", "10.2.0.0/16")));
        assertThat(send("10.1.0.7", "10.2.0.7")).isInstanceOf(OutboundVerdict.Blocked.class);
        peers.pass(A_MOMENT);
        assertThat(send("10.1.0.7", "10.2.0.7")).isInstanceOf(OutboundVerdict.Blocked.class);
        assertThat(peers.west.memory().snapshot().sas()).isEmpty();
    }

    @Test
    void whatTheKernelRefusesIsTriedAgain() throws Exception {
        peers.west
                .memory()
                .faults()
                .refuse(
                        change -> change instanceof KernelChange.PutPolicy put
                                && put.policy().action() == Policy.Action.BLOCK,
                        Errno.ENOMEM);
        load(site(shunt("rest", Policy.Action.BLOCK, "10.1.0.0/16", "10.3.0.0/16")));
        assertThat(peers.west.events(IkeEvent.ShuntInstalled.class)).isEmpty();
        peers.west.memory().faults().heal();
        peers.pass(Duration.ofSeconds(30));
        assertThat(send("10.1.0.7", "10.3.0.7")).isInstanceOf(OutboundVerdict.Blocked.class);
    }

    @Test
    void nothingIsLeftAtTheEnd() throws Exception {
        up(shunt("rest", Policy.Action.BLOCK, "10.1.0.0/16", "10.3.0.0/16"));
        peers.west.engine().shutdown(() -> {});
        peers.pass(A_MOMENT);
        assertThat(peers.west.memory().snapshot().policies()).isEmpty();
    }

    @Test
    void aTunnelWithoutPoliciesHasSasAlone() throws Exception {
        peers.east.load(List.of(Site.secret("correct horse")), eastSite().connection());
        load(west.withChild(child -> child.policies(new PolicyOptions(false, false)))
                .connection());
        peers.pass(A_MOMENT);
        assertThat(peers.west.ikeSa().childSas()).hasSize(1);
        assertThat(peers.west.memory().snapshot().sas()).hasSize(2);
        assertThat(peers.west.memory().snapshot().policies()).isEmpty();
    }

    /** A policy that drops all that is forwarded would stop what goes into the tunnel, too. */
    @Test
    void whatGoesIntoTheTunnelMayBeLetThroughOnItsWay() throws Exception {
        peers.east.load(List.of(Site.secret("correct horse")), eastSite().connection());
        load(west.withChild(child -> child.policies(new PolicyOptions(true, true)))
                .connection());
        peers.pass(A_MOMENT);
        assertThat(peers.west.memory().snapshot().policies())
                .filteredOn(policy -> policy.key().direction() == Direction.FORWARD
                        && policy.templates().isEmpty())
                .singleElement()
                .satisfies(policy ->
                        assertThat(policy.key().selector().source().toString()).isEqualTo("10.1.0.0/16"));
    }
}
