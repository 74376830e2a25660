package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.Doorkeeper;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.proposal.ProposalCodec;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.IkeMessage;
import org.ikebana.ike.wire.KePayload;
import org.ikebana.ike.wire.MessageWriter;
import org.ikebana.ike.wire.NoncePayload;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.api.Test;

/** While many are half-open, whoever shows no cookie is asked for one before the event loop hears of it. */
class DoorkeeperTest {
    private static final InetSocketAddress EAST = new InetSocketAddress(InetAddress.ofLiteral(TwoPeers.EAST), 500);
    private static final int THRESHOLD = 30;

    private final SplittableRandom random = new SplittableRandom(2_6);
    private final TwoPeers peers = new TwoPeers();

    DoorkeeperTest() throws Exception {
        peers.east.load(
                List.of(Site.secret("correct horse")),
                eastSite()
                        .with(c -> c.remoteAddresses(List.of(new AddressSpec.Any())))
                        .connection());
    }

    private byte[] request() throws Exception {
        IkeHeader header = IkeHeader.of(random.nextLong() | 1, 0, ExchangeType.IKE_SA_INIT, true, false, 0);
        return MessageWriter.write(new IkeMessage(
                header,
                List.of(
                        ProposalCodec.toWire(eastSite().connection().proposals(), Octets.EMPTY),
                        new KePayload(31, Octets.ofHex("09" + "00".repeat(31))),
                        new NoncePayload(Octets.ofHex("%016x%016x".formatted(random.nextLong(), random.nextLong()))))));
    }

    /** From wherever. */
    private Datagram datagram(byte[] message) {
        InetAddress from = InetAddress.ofLiteral("10.%d.%d.1".formatted(random.nextInt(256), random.nextInt(256)));
        return new Datagram(EAST, new InetSocketAddress(from, 500), message);
    }

    private void arrive(byte[] message) {
        peers.network.deliver(new Datagram(datagram(message).remote(), EAST, message));
    }

    private Doorkeeper.Verdict look(byte[] message) {
        return peers.east.engine().doorkeeper().look(datagram(message));
    }

    private void crowd() throws Exception {
        for (int i = 0; i < 2 * THRESHOLD; i++) {
            arrive(request());
            peers.pass(Duration.ofMillis(20));
        }
    }

    @Test
    void letsEverythingPassWhileFewAreHalfOpen() throws Exception {
        assertThat(look(request())).isInstanceOf(Doorkeeper.Verdict.Pass.class);
        assertThat(look(new byte[100])).isInstanceOf(Doorkeeper.Verdict.Pass.class);
    }

    @Test
    void asksForCookiesAndLetsNothingThroughThatIsNone() throws Exception {
        crowd();
        assertThat(peers.east.engine().halfOpen()).isEqualTo(THRESHOLD);
        assertThat(peers.east.engine().cookieDemands()).isEqualTo(THRESHOLD);
        assertThat(look(request())).isInstanceOf(Doorkeeper.Verdict.Answer.class);
        byte[] broken = request();
        broken[30] = (byte) 0xff;
        assertThat(look(broken)).isInstanceOf(Doorkeeper.Verdict.Drop.class);
        assertThat(peers.east.engine().drops()).containsEntry(DatagramDrop.UNREADABLE, 1L);
        assertThat(look(new byte[100])).isInstanceOf(Doorkeeper.Verdict.Pass.class);
    }

    @Test
    void opensAgainWhenTheHalfOpenHaveHadTheirTime() throws Exception {
        crowd();
        peers.pass(Duration.ofSeconds(31));
        assertThat(peers.east.engine().halfOpen()).isZero();
        assertThat(look(request())).isInstanceOf(Doorkeeper.Verdict.Pass.class);
    }

    @Test
    void keepsNoPeerOutThatBringsItsCookieBack() throws Exception {
        crowd();
        long before = peers.east.engine().cookieDemands();
        peers.west.load(
                List.of(Site.secret("correct horse")),
                westSite().starting(StartAction.START).connection());
        for (int i = 0; i < 500; i++) { // meanwhile
            arrive(request());
        }
        peers.pass(Duration.ofSeconds(1));

        peers.assertTunnel();
        assertThat(peers.east.engine().cookieDemands()).isEqualTo(before + 501);
    }

    /** Its first request came before the crowd: it has shown no cookie, and gets the same answer again. */
    @Test
    void knowsTheRequestsOfThoseWhoAreHalfOpen() throws Exception {
        byte[] request = request();
        Datagram first = datagram(request);
        peers.network.deliver(new Datagram(first.remote(), EAST, request));
        peers.pass(Duration.ofMillis(20));
        crowd();
        assertThat(peers.east.engine().doorkeeper().look(first)).isInstanceOf(Doorkeeper.Verdict.Pass.class);
    }

    @Test
    void isNotThereWhereNobodyWantsCookies() throws Exception {
        TwoPeers open =
                new TwoPeers(IkeSettings.DEFAULT.changed().cookieThreshold(0).build());
        open.east.load(
                List.of(Site.secret("correct horse")),
                eastSite()
                        .with(c -> c.remoteAddresses(List.of(new AddressSpec.Any())))
                        .connection());
        for (int i = 0; i < 100; i++) {
            byte[] message = request();
            open.network.deliver(new Datagram(datagram(message).remote(), EAST, message));
            open.pass(Duration.ofMillis(20));
        }
        assertThat(open.east.engine().halfOpen()).isEqualTo(100);
        assertThat(open.east.engine().cookieDemands()).isZero();
    }
}
