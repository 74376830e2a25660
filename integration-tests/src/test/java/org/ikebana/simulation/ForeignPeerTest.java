package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.proposal.ProposalCodec;
import org.ikebana.ike.proposal.ProposalSyntax;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.ike.wire.DeletePayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NoncePayload;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.ProposalSubstructure;
import org.ikebana.ike.wire.ProtocolId;
import org.ikebana.ike.wire.SaPayload;
import org.ikebana.ike.wire.TsPayload;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What peers do that are not as we are: they lose SAs, delete the wrong ones, or none. East talks to one that is scripted. */
class ForeignPeerTest {
    private static final int NEW_SPI = 0xc0ffee01;
    private static final int OTHER_SPI = 0xc0ffee02;
    private static final int LOW = 0x00;
    private static final int HIGH = 0xff;

    private final TwoPeers peers = new TwoPeers();
    private final SeededRandom random = new SeededRandom(3);
    private List<Payload> auth = List.of();
    private HostilePeer peer;

    ForeignPeerTest() throws Exception {
        peers.east.load(List.of(Site.secret("correct horse")), eastSite().connection());
        peers.west.kill(); // it would have its own say about what the scripted peer is asked
        peer = HostilePeer.begin(peers.east, peers.network, westSite(), random);
    }

    @BeforeEach
    void up() throws Exception {
        auth = peer.authPayloads();
        peer.say(ExchangeType.IKE_AUTH, auth.toArray(Payload[]::new));
        peers.pass(Duration.ofMillis(1));
        assertThat(peers.east.ikeSa().childSas()).hasSize(1);
        peer.hear();
    }

    @Test
    void aPairThatThePeerHasLostIsMadeAnew() {
        peers.east.rekeyChild();
        HostilePeer.Heard rekey = peer.hear().getFirst();
        assertThat(rekey.has(NotifyType.REKEY_SA)).isTrue();
        peer.answer(rekey, NotifyPayload.of(NotifyType.CHILD_SA_NOT_FOUND));
        peers.pass(Duration.ofMillis(1));

        HostilePeer.Heard creation = peer.hear().getFirst();
        assertThat(creation.has(NotifyType.REKEY_SA)).isFalse();
        peer.answer(creation, child(creation, NEW_SPI, HIGH));
        peers.pass(Duration.ofMillis(1));

        assertThat(peers.east.ikeSa().childSas()).hasSize(1);
        assertThat(outbound()).isEqualTo(NEW_SPI);
        assertThat(peers.east.events(IkeEvent.NegotiationFailed.class)).isEmpty();
    }

    /** The initiator is the one to do so, but it may as well be so. */
    @Test
    void thePeerDeletesTheOldPairThoughItAnswered() {
        ChildSa old = child();
        peers.east.rekeyChild();
        HostilePeer.Heard rekey = peer.hear().getFirst();
        peer.answer(rekey, child(rekey, NEW_SPI, HIGH));
        peers.pass(Duration.ofMillis(1));
        HostilePeer.Heard ours = peer.hear().getFirst();
        peer.say(ExchangeType.INFORMATIONAL, delete(old.outbound().spi().value()));
        peer.answer(ours);
        peers.pass(Duration.ofSeconds(6));

        assertThat(outbound()).isEqualTo(NEW_SPI);
        assertThat(peers.east.memory().installedSas()).hasSize(2);
        assertThat(peers.east.events(IkeEvent.ChildSaClosed.class)).isEmpty();
    }

    /** Both rekey, the peer loses, and deletes the old pair instead of its own new one. */
    @Test
    void theLoserDeletesTheOldPair() {
        ChildSa old = child();
        peers.east.nextNonce(HIGH);
        peers.east.rekeyChild();
        HostilePeer.Heard ours = peer.hear().getFirst();
        rekeyByPeer(old, LOW);
        peer.hear();
        peer.answer(ours, child(ours, NEW_SPI, HIGH));
        peers.pass(Duration.ofMillis(1));
        peer.answer(peer.hear().getFirst()); // our DELETE of the old pair
        peer.say(ExchangeType.INFORMATIONAL, delete(old.outbound().spi().value()));
        peers.pass(Duration.ofSeconds(11));

        HostilePeer.Heard cleaning = peer.hear().getLast();
        assertThat(cleaning.payloads())
                .as("the pair that has lost")
                .singleElement()
                .isInstanceOf(DeletePayload.class);
        peer.answer(cleaning);
        peers.pass(Duration.ofSeconds(6));
        assertThat(outbound()).isEqualTo(NEW_SPI);
        assertThat(peers.east.memory().installedSas()).hasSize(2);
    }

    @Test
    void severalChildrenAreDeletedWithOneMessage() {
        ChildSa first = child();
        List<Payload> second = new ArrayList<>(auth);
        second.removeIf(p -> !(p instanceof TsPayload));
        second.add(0, new NoncePayload(nonce(HIGH)));
        second.add(
                0,
                withSpi(
                        auth.stream()
                                .filter(SaPayload.class::isInstance)
                                .map(SaPayload.class::cast)
                                .findFirst()
                                .orElseThrow(),
                        OTHER_SPI));
        peer.say(ExchangeType.CREATE_CHILD_SA, second.toArray(Payload[]::new));
        assertThat(peers.east.ikeSa().childSas()).hasSize(2);

        peer.say(
                ExchangeType.INFORMATIONAL,
                new DeletePayload(
                        ProtocolId.ESP,
                        List.of(Octets.ofInt(first.outbound().spi().value()), Octets.ofInt(OTHER_SPI))));

        assertThat(peers.east.ikeSa().childSas()).isEmpty();
        assertThat(peers.east.memory().installedSas()).isEmpty();
        DeletePayload answer = peer.hear().getLast().first(DeletePayload.class);
        assertThat(answer.spis()).as("our halves").hasSize(2);
    }

    /** AOSP: RejectRemoteRekeyWithoutDhGroupInProposal and …WithoutKePayload. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRekeyOfTheIkeSaWithoutKeyExchangeIsRefused(boolean lacksGroup) throws Exception {
        SaPayload offer = ProposalCodec.toWire(
                ProposalSyntax.parseList(ProtocolId.IKE, "aes256gcm16-prfsha256-x25519"), Octets.ofLong(0x1234L));
        if (lacksGroup) {
            ProposalSubstructure only = offer.proposals().getFirst();
            offer = new SaPayload(List.of(new ProposalSubstructure(
                    only.number(),
                    only.protocolId(),
                    only.spi(),
                    only.transforms().stream().filter(t -> t.type() != 4).toList())));
        }
        peer.say(ExchangeType.CREATE_CHILD_SA, offer, new NoncePayload(nonce(HIGH)));

        assertThat(peer.hear().getLast().payloads())
                .singleElement()
                .isInstanceOfSatisfying(
                        NotifyPayload.class,
                        notify -> assertThat(notify.notifyType())
                                .isIn(NotifyType.INVALID_SYNTAX, NotifyType.NO_PROPOSAL_CHOSEN));
        assertThat(peers.east.engine().ikeSas()).hasSize(1);
        assertThat(peers.east.events(IkeEvent.IkeSaRekeyed.class)).isEmpty();
    }

    /** A peer that never deletes what it has replaced: the old pair ends with its lifetime, the new one goes on. */
    @Test
    void aPeerThatRekeysAndNeverDeletesTheOldPair() {
        ChildSa old = child();
        rekeyByPeer(old, HIGH);
        peer.hear();
        peers.east.engine().onKernelEvent(new KernelEvent.HardExpire(old.inbound(), old.reqid()));
        peers.pass(Duration.ofMillis(1));

        assertThat(outbound()).isEqualTo(OTHER_SPI);
        peer.answer(peer.hear().getFirst());
        peers.pass(Duration.ofSeconds(6));
        assertThat(peers.east.memory().installedSas()).hasSize(2);
    }

    private void rekeyByPeer(ChildSa old, int firstOctetOfNonce) {
        List<Payload> request = new ArrayList<>();
        request.add(new NotifyPayload(
                ProtocolId.ESP, Octets.ofInt(old.outbound().spi().value()), NotifyType.REKEY_SA, Octets.EMPTY));
        auth.stream()
                .filter(SaPayload.class::isInstance)
                .map(SaPayload.class::cast)
                .forEach(sa -> request.add(withSpi(sa, OTHER_SPI)));
        request.add(new NoncePayload(nonce(firstOctetOfNonce)));
        auth.stream().filter(TsPayload.class::isInstance).forEach(request::add);
        peer.say(ExchangeType.CREATE_CHILD_SA, request.toArray(Payload[]::new));
    }

    /** What a responder takes of the request, with its own SPI. */
    private Payload[] child(HostilePeer.Heard request, int spi, int firstOctetOfNonce) {
        List<Payload> answer = new ArrayList<>();
        answer.add(withSpi(request.first(SaPayload.class), spi));
        answer.add(new NoncePayload(nonce(firstOctetOfNonce)));
        request.payloads().stream().filter(TsPayload.class::isInstance).forEach(answer::add);
        return answer.toArray(Payload[]::new);
    }

    private static SaPayload withSpi(SaPayload offer, int spi) {
        ProposalSubstructure first = offer.proposals().getFirst();
        return new SaPayload(List.of(
                new ProposalSubstructure(first.number(), first.protocolId(), Octets.ofInt(spi), first.transforms())));
    }

    private Octets nonce(int firstOctet) {
        byte[] octets = new byte[32];
        random.nextBytes(octets);
        octets[0] = (byte) firstOctet;
        return Octets.wrap(octets);
    }

    private static DeletePayload delete(int spi) {
        return new DeletePayload(ProtocolId.ESP, List.of(Octets.ofInt(spi)));
    }

    private ChildSa child() {
        return peers.east.ikeSa().childSas().getFirst();
    }

    private int outbound() {
        List<SecurityAssociation> out = peers.east.memory().installedSas().stream()
                .filter(sa -> sa.direction() == Direction.OUT)
                .toList();
        assertThat(out).hasSize(1);
        return out.getFirst().key().spi().value();
    }
}
