package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.auth.RevocationPolicy;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.wire.AuthMethod;
import org.ikebana.ike.wire.AuthPayload;
import org.ikebana.ike.wire.CertPayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.MessageWriter;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer sends its certificate as a hash and a URL (RFC 7296 3.6), though nobody has said that this would be looked up. */
class HashAndUrlTest {
    private static final String URL = "http://west.example.org/west.der";

    @ParameterizedTest
    @ValueSource(ints = {CertPayload.HASH_AND_URL_X509, CertPayload.HASH_AND_URL_BUNDLE})
    void isPassedOverWithAWord(int encoding) throws Exception {
        RevocationScene scene = new RevocationScene();
        Host east = scene.peers.east;
        east.engine()
                .load(
                        List.of(TwoPeers.eastSite()
                                .with(c -> c.local(RevocationScene.side(TwoPeers.EAST, RevocationPolicy.RELAXED))
                                        .remote(RevocationScene.side("%any", RevocationPolicy.RELAXED)))
                                .connection()),
                        scene.credentials(scene.east, StatusSources.NONE));
        HostilePeer peer = HostilePeer.begin(east, scene.peers.network, TwoPeers.westSite(), new SeededRandom(1));
        List<Payload> payloads = new ArrayList<>(peer.authPayloads());
        payloads.replaceAll(payload -> payload instanceof AuthPayload ? someSignature() : payload);
        byte[] hashAndUrl = new byte[20 + URL.length()];
        System.arraycopy(URL.getBytes(StandardCharsets.US_ASCII), 0, hashAndUrl, 20, URL.length());
        payloads.add(1, new CertPayload(encoding, Octets.wrap(hashAndUrl)));

        peer.say(ExchangeType.IKE_AUTH, MessageWriter.firstType(payloads), MessageWriter.chain(payloads));
        assertThat(RevocationScene.refusal(east))
                .contains(
                        "it sends a certificate as a hash and a URL, which is passed over; have it send the certificate"
                                + " itself");
        assertThat(east.documents().asked()).isEmpty();
    }

    private static Payload someSignature() {
        return new AuthPayload(AuthMethod.RSA_DIGITAL_SIGNATURE, Octets.wrap(new byte[256]));
    }
}
