package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.wire.EncryptedFragmentPayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.MessageWriter;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.junit.jupiter.api.Test;

/** What a peer that has the keys, but has not proved who it is, may do with fragments (RFC 7383 2.6, 5). */
class HostileFragmentsTest {
    private static final int ROUNDS = 3_000;
    private static final int LONGEST_PART = 2_000;

    private final TwoPeers world = new TwoPeers();
    private final RandomGenerator choice = new SplittableRandom(5);
    private final HostilePeer peer;
    private final List<Payload> auth;

    HostileFragmentsTest() throws Exception {
        world.east.load(
                List.of(Site.secret("correct horse")), TwoPeers.eastSite().connection());
        peer = HostilePeer.begin(world.east, world.network, TwoPeers.westSite(), new SeededRandom(5));
        auth = peer.authPayloads();
        world.network.sent().clear();
    }

    @Test
    void sillyNumbers() {
        for (int i = 0; i < ROUNDS; i++) {
            int total = 2 + choice.nextInt(choice.nextBoolean() ? 5 : 0xfffe);
            say(2 + choice.nextInt(total - 1), total, new byte[choice.nextInt(LONGEST_PART)]);
        }
        assertThat(world.network.sent()).isEmpty();
        assertThat(world.east.engine().drops().get(DatagramDrop.UNWANTED_FRAGMENT))
                .isGreaterThan(ROUNDS / 2);
        peer.say(ExchangeType.IKE_AUTH, MessageWriter.firstType(auth), MessageWriter.chain(auth));
        assertThat(world.east.memory().installedSas()).hasSize(2);
    }

    @Test
    void moreThanAMessageMayHave() {
        byte[] half = new byte[40_000];
        say(1, 3, half);
        say(2, 3, half); // beyond the limit: begins anew
        sayAll(3);
        assertThat(world.east.memory().installedSas()).hasSize(2);
    }

    @Test
    void whatIsInsideIsNoMessage() {
        say(1, 2, new byte[] {1, 2, 3});
        say(2, 2, new byte[] {4, 5});
        assertThat(world.network.sent()).hasSize(1); // INVALID_SYNTAX, and the SA is gone
        assertThat(world.east.engine().ikeSas()).isEmpty();
    }

    @Test
    void anAnsweredRequestComesInOtherFragments() {
        peer.say(ExchangeType.IKE_AUTH, MessageWriter.firstType(auth), MessageWriter.chain(auth));
        byte[] reply = world.network.sent().getFirst().payload();
        world.network.sent().clear();
        peer.sayAgain();

        say(2, 5, new byte[10]);
        assertThat(world.network.sent()).isEmpty();
        say(1, 5, new byte[10]);
        assertThat(world.network.sent())
                .singleElement()
                .satisfies(d -> assertThat(d.payload()).isEqualTo(reply));
    }

    @Test
    void fragmentsOfOneMessageInAnotherExchange() {
        byte[] chain = MessageWriter.chain(auth);
        peer.sayFragment(
                ExchangeType.INFORMATIONAL,
                new EncryptedFragmentPayload(0, 2, 2, Octets.EMPTY),
                Arrays.copyOfRange(chain, 100, chain.length));
        say(1, 2, Arrays.copyOf(chain, 100));
        assertThat(world.east.memory().installedSas()).hasSize(2); // the first fragment's header is the message's
    }

    private void sayAll(int total) {
        byte[] chain = MessageWriter.chain(auth);
        int length = Math.ceilDiv(chain.length, total);
        for (int i = 0; i < total; i++) {
            say(i + 1, total, Arrays.copyOfRange(chain, i * length, Math.min((i + 1) * length, chain.length)));
        }
    }

    private void say(int number, int total, byte[] part) {
        int firstInner = number == 1 ? MessageWriter.firstType(auth) : 0;
        peer.sayFragment(
                ExchangeType.IKE_AUTH, new EncryptedFragmentPayload(firstInner, number, total, Octets.EMPTY), part);
    }
}
