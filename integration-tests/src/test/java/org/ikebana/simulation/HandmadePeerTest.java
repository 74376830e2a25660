package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.ikebana.ike.event.IkeEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key schedule and IntAuth against a second implementation that shares no code with the first (RFC 9242 3.3.2). */
class HandmadePeerTest {
    private static final String BASE = "aes256gcm16-prfsha256-x25519";
    private static final String ADDKE1_ML_KEM_768 = "0300000806000024";
    private static final byte[] WEST = HexFormat.of().parseHex("01000000c0000201");
    private static final byte[] EAST = HexFormat.of().parseHex("01000000c0000202");

    private final TwoPeers peers = new TwoPeers();

    HandmadePeerTest() throws Exception {}

    @Test
    void withoutIntermediate() throws Exception {
        HandmadePeer peer = begin(BASE, "correct horse");
        peer.initiate("");

        assertThat(peer.authenticate(WEST, EAST)).isTrue();
        assertUp();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void withMlKemAndOtherExchanges(int others) throws Exception {
        HandmadePeer peer = begin(BASE + "-ke1_mlkem768", "correct horse");
        peer.initiate(ADDKE1_ML_KEM_768);
        for (int i = 0; i < others; i++) {
            peer.exchangeNothing();
        }
        assertThat(peer.exchangeMlKem()).isTrue();
        for (int i = 0; i < others; i++) {
            peer.exchangeNothing();
        }

        assertThat(peer.authenticate(WEST, EAST)).isTrue();
        assertUp();
    }

    @Test
    void withNothingInIntermediate() throws Exception {
        HandmadePeer peer = begin(BASE, "correct horse");
        peer.initiate("");
        peer.exchangeNothing();

        assertThat(peer.authenticate(WEST, EAST)).isTrue();
        assertUp();
    }

    @Test
    void aWrongSecretIsStillWrong() throws Exception {
        HandmadePeer peer = begin(BASE + "-ke1_mlkem768", "battery staple");
        peer.initiate(ADDKE1_ML_KEM_768);
        assertThat(peer.exchangeMlKem()).isTrue();

        assertThat(peer.authenticate(WEST, EAST)).isFalse();
        assertThat(peers.east.memory().installedSas()).isEmpty();
    }

    @Test
    void whatWasAgreedOnMayNotBeLeftOut() throws Exception {
        HandmadePeer peer = begin(BASE + "-ke1_mlkem768", "correct horse");
        peer.initiate(ADDKE1_ML_KEM_768);

        assertThat(peer.authenticate(WEST, EAST)).isFalse();
        assertThat(peers.east.memory().installedSas()).isEmpty();
        assertThat(failure()).contains("leaves out the key exchange mlkem768");
    }

    @Test
    void whatWasNotAgreedOnMayNotBeMade() throws Exception {
        HandmadePeer peer = begin(BASE, "correct horse");
        peer.initiate("");

        assertThat(peer.exchangeMlKem()).isFalse();
        assertThat(peers.east.engine().ikeSas()).isEmpty();
        assertThat(failure()).contains("was not agreed on");
    }

    @Test
    void andNotTwice() throws Exception {
        HandmadePeer peer = begin(BASE + "-ke1_mlkem768", "correct horse");
        peer.initiate(ADDKE1_ML_KEM_768);
        assertThat(peer.exchangeMlKem()).isTrue();

        assertThat(peer.exchangeMlKem()).isFalse();
        assertThat(peers.east.engine().ikeSas()).isEmpty();
        assertThat(failure()).contains("was not agreed on");
    }

    private String failure() {
        return peers.east
                .events(IkeEvent.NegotiationFailed.class)
                .getFirst()
                .failure()
                .sentence();
    }

    private void assertUp() {
        assertThat(peers.east.events(IkeEvent.NegotiationFailed.class)).isEmpty();
        assertThat(peers.east.memory().installedSas()).hasSize(2);
    }

    private HandmadePeer begin(String proposal, String secret) throws Exception {
        peers.east.load(
                List.of(Site.secret("correct horse")),
                TwoPeers.eastSite().proposing(proposal, "aes256gcm16").connection());
        return new HandmadePeer(peers.east, peers.network, TwoPeers.westSite(), secret);
    }
}
