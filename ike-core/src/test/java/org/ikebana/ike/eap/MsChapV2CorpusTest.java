package org.ikebana.ike.eap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.EapSecret;
import org.ikebana.ike.auth.IdType;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.corpus.Corpus;
import org.ikebana.ike.corpus.Json;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The EAP-MSCHAPv2 packets of Android's IKE tests. */
class MsChapV2CorpusTest {
    private static final String FOLDER = "ike-messages/aosp/";

    /** A whole login, message by message, with the challenge that Android drew. */
    @Test
    void aPeerSaysWhatAndroidSays() throws Exception {
        Json file = Corpus.json(FOLDER + "EapMsChapV2Test.json");
        Json hex = file.get("hex");
        Octets challenge = octets(hex, "PEER_CHALLENGE");
        EapPeer peer = new EapPeer(
                new Identity(IdType.FQDN, ascii(file.get("text").get("USERNAME").text())),
                List.of(EapMethod.MSCHAPV2),
                (method, name) -> new MsChapV2Peer(name, secret(file), drawing(challenge)));

        assertThat(answer(peer, octets(hex, "EAP_MSCHAP_V2_CHALLENGE_REQUEST")))
                .isEqualTo(octets(hex, "EAP_MSCHAP_V2_CHALLENGE_RESPONSE"));
        assertThat(answer(peer, octets(hex, "EAP_MSCHAP_V2_SUCCESS_REQUEST")))
                .isEqualTo(octets(hex, "EAP_MSCHAP_V2_SUCCESS_RESPONSE"));
        EapPeer.Step.Succeeded end = (EapPeer.Step.Succeeded) peer.on(new EapPacket.Success(0x12).encode());
        assertThat(Octets.copyOf(end.msk().bytes())).isEqualTo(octets(hex, "MSK"));
    }

    @Test
    void aPeerTakesNoticeOfAFailure() throws Exception {
        Json file = Corpus.json(FOLDER + "EapMsChapV2Test.json");
        Json hex = file.get("hex");
        Octets challenge = octets(hex, "PEER_CHALLENGE");
        EapPeer peer = new EapPeer(
                new Identity(IdType.FQDN, ascii("User")),
                List.of(EapMethod.MSCHAPV2),
                (method, name) -> new MsChapV2Peer(name, secret(file), drawing(challenge)));
        answer(peer, octets(hex, "EAP_MSCHAP_V2_CHALLENGE_REQUEST"));
        assertThat(answer(peer, octets(hex, "EAP_MSCHAP_V2_FAILURE_REQUEST")))
                .isEqualTo(octets(hex, "EAP_MSCHAP_V2_FAILURE_RESPONSE"));
        EapException refusal = assertThrows(EapException.class, () -> peer.on(new EapPacket.Failure(0x13).encode()));
        assertThat(refusal.sentence()).contains("refuses the password of secrets.eap-user", "error 647");
    }

    @Test
    void aPeerOffersTheMethodInstead() throws Exception {
        Json hex = Corpus.json(FOLDER + "EapMsChapV2Test.json").get("hex");
        EapPeer peer = new EapPeer(Identity.NULL, List.of(EapMethod.MSCHAPV2), (method, name) -> {
            throw new AssertionError(method);
        });
        Octets nak = octets(hex, "EAP_RESPONSE_NAK_PACKET");
        Octets unknown = new EapPacket.Request(nak.at(1), 0x20, Octets.EMPTY).encode();
        assertThat(answer(peer, unknown)).isEqualTo(nak);
    }

    /** Every value of the definitions is a packet that is written back as it is, or none. */
    @TestFactory
    List<DynamicTest> packetsAreReadAndWrittenBack() throws IOException {
        Json hex = Corpus.json(FOLDER + "EapMsChapV2PacketDefinitions.json").get("hex");
        return hex.members().keySet().stream()
                .filter(name -> name.startsWith("EAP_MSCHAP_V2_"))
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    Octets octets = withId(hex, name);
                    Optional<MsChapV2Packet> packet = MsChapV2Packet.decode(octets);
                    assertThat(packet).map(MsChapV2Packet::encode).contains(octets);
                }))
                .toList();
    }

    @TestFactory
    List<DynamicTest> malformedPacketsAreNone() throws IOException {
        Json hex = Corpus.json(FOLDER + "EapMsChapV2PacketDefinitions.json").get("hex");
        return hex.members().keySet().stream()
                .filter(name -> name.matches("CHALLENGE_REQUEST_(SHORT|LONG)_.*"))
                .map(name -> DynamicTest.dynamicTest(
                        name,
                        () -> assertThat(MsChapV2Packet.decode(withId(hex, name)))
                                .isEmpty()))
                .toList();
    }

    private static Octets answer(EapPeer peer, Octets packet) throws EapException {
        return ((EapPeer.Step.Answer) peer.on(packet)).packet();
    }

    private static EapSecret secret(Json file) {
        return new EapSecret(
                "eap-user",
                List.of(),
                Secret.wrap(ascii(file.get("text").get("PASSWORD").text()).toByteArray()),
                false);
    }

    private static SecureRandom drawing(Octets octets) {
        return new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                octets.copyTo(bytes, 0);
            }
        };
    }

    /** The file leaves the identifier out, which comes second where there is more than the first octet. */
    private static Octets withId(Json hex, String name) {
        String digits = hex.get(name).text();
        return digits.length() == 2
                ? Octets.ofHex(digits)
                : Octets.ofHex(digits.substring(0, 2) + hex.get("ID").text() + digits.substring(2));
    }

    private static Octets octets(Json hex, String name) {
        return Octets.ofHex(hex.get(name).text());
    }

    private static Octets ascii(String text) {
        return Octets.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
