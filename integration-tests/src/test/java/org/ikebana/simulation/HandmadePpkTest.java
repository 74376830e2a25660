package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import org.ikebana.ike.connection.PpkPolicy;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.wire.NotifyType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9867 against a second implementation, which also says what it should not. */
class HandmadePpkTest {
    private static final String USE_PPK_INT = "0000403d";
    private static final String USE_PPK = "00004033";
    private static final byte[] WEST = HexFormat.of().parseHex("01000000c0000201");
    private static final byte[] EAST = HexFormat.of().parseHex("01000000c0000202");
    private static final byte[] SECRET = "the secret".getBytes(StandardCharsets.UTF_8);
    private static final String ID = "02" + hex("tunnel-ppk");

    private final TwoPeers peers = new TwoPeers();

    HandmadePpkTest() throws Exception {}

    @Test
    void theKeyIsMixedIn() throws Exception {
        HandmadePeer peer = begin(true);

        assertThat(peer.offerPpks(SECRET, ID + peer.confirmation(SECRET)))
                .isEqualTo(HexFormat.of().parseHex("00004034" + ID));
        assertThat(peer.authenticate(WEST, EAST)).isTrue();
        assertUp(Optional.of("tunnel-ppk"));
    }

    @Test
    void theFirstThatIsSharedIsTaken() throws Exception {
        HandmadePeer peer = begin(true);
        byte[] answer = peer.offerPpks(
                SECRET,
                "02" + hex("unknown") + peer.confirmation(SECRET),
                ID + "0011223344556677",
                "",
                "02",
                ID + peer.confirmation(SECRET));

        assertThat(answer).isEqualTo(HexFormat.of().parseHex("00004034" + ID));
        assertThat(peer.authenticate(WEST, EAST)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "USE_PPK_INT and USE_PPK, " + USE_PPK_INT + ", " + USE_PPK + ", true, false",
        "USE_PPK_INT alone,       " + USE_PPK_INT + ", '',              true, false",
        "USE_PPK alone,           " + USE_PPK + ",     '',              false, true",
    })
    void theResponderTakesOneOfTheTwo(String what, String first, String second, boolean early, boolean inAuth)
            throws Exception {
        HandmadePeer peer = begin(false, first, second);

        assertThat(peer.isAnsweredWith(NotifyType.USE_PPK_INT)).as(what).isEqualTo(early);
        assertThat(peer.isAnsweredWith(NotifyType.USE_PPK)).as(what).isEqualTo(inAuth);
    }

    /** Nothing that is not exactly the key and its confirmation is one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "02",
                "0200112233445566",
                "020011223344556677",
                "ID",
                "ID00",
                "ID0011223344556677",
                "IDCC00",
                "01CC"
            })
    void whatIsNoKey(String offer) throws Exception {
        HandmadePeer peer = begin(false);
        String cc = peer.confirmation(SECRET);

        assertThat(peer.offerPpks(SECRET, offer.replace("ID", ID).replace("CC", cc)))
                .isEmpty();
        assertThat(peer.authenticate(WEST, EAST)).isTrue();
        assertUp(Optional.empty());
    }

    @Test
    void whereOneIsRequiredItIsRefusedAtOnce() throws Exception {
        HandmadePeer peer = begin(true);

        assertThat(peer.offerPpks(SECRET, ID + "0011223344556677"))
                .isEqualTo(HexFormat.of().parseHex("000000" + "18"));
        assertThat(peers.east.engine().ikeSas()).isEmpty();
        assertThat(failure()).contains("none of the PPKs", "ppk_required");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void promisedAndNeverOffered(boolean required) throws Exception {
        HandmadePeer peer = begin(required);

        assertThat(peer.authenticate(WEST, EAST)).isEqualTo(!required);
        assertThat(peers.east.memory().installedSas()).hasSize(required ? 0 : 2);
    }

    @Test
    void notTwice() throws Exception {
        HandmadePeer peer = begin(false);
        peer.offerPpks(SECRET, ID + peer.confirmation(SECRET));
        byte[] answer = peer.offerPpks(SECRET, ID + peer.confirmation(SECRET));

        assertThat(answer).isEqualTo(HexFormat.of().parseHex("000000" + "07"));
        assertThat(peers.east.engine().ikeSas()).isEmpty();
        assertThat(failure()).contains("a second time");
    }

    @Test
    void moreOffersThanAreLookedAt() throws Exception {
        HandmadePeer peer = begin(false);
        String[] offers = Collections.nCopies(17, "02" + hex("unknown") + "0011223344556677")
                .toArray(String[]::new);
        offers[16] = ID + peer.confirmation(SECRET);

        assertThat(peer.offerPpks(SECRET, offers)).isEmpty();
        assertThat(peer.authenticate(WEST, EAST)).isTrue();
    }

    private HandmadePeer begin(boolean required) throws Exception {
        return begin(required, USE_PPK_INT, USE_PPK);
    }

    private HandmadePeer begin(boolean required, String... notifies) throws Exception {
        peers.east.load(
                PpkScene.credentials(PpkScene.ppk("tunnel-ppk", "the secret")),
                TwoPeers.eastSite()
                        .with(c -> c.ppk(new PpkPolicy(Optional.empty(), required)))
                        .connection());
        HandmadePeer peer = new HandmadePeer(peers.east, peers.network, TwoPeers.westSite(), "correct horse");
        peer.initiate("", notifies);
        return peer;
    }

    private void assertUp(Optional<String> ppk) {
        assertThat(peers.east.memory().installedSas()).hasSize(2);
        assertThat(peers.east.events(IkeEvent.IkeSaEstablished.class))
                .singleElement()
                .extracting(IkeEvent.IkeSaEstablished::ppk)
                .isEqualTo(ppk);
    }

    private String failure() {
        return PpkScene.failure(peers.east).sentence();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }
}
