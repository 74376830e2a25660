package org.ikebana.ike.eap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.api.Test;

/** The numbers of RFC 2759 9.2 and RFC 3079 3.5.3. */
class MsChapV2Test {
    private static final byte[] USER = ascii("User");
    private static final byte[] SERVER_CHALLENGE = hex("5B5D7C7D7B3F2F3E3C2C602132262628");
    private static final byte[] PEER_CHALLENGE = hex("21402324255E262A28295F2B3A337C7E");
    private static final byte[] NT_RESPONSE = hex("82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF");

    private final Secret hash = MsChapV2.ntHash(Secret.wrap(ascii("clientPass")));

    @Test
    void hashesThePassword() {
        assertThat(hash.bytes()).isEqualTo(hex("44EBBA8D5312B8D611474411F56989AE"));
    }

    @Test
    void respondsToTheChallenge() {
        assertThat(MsChapV2.ntResponse(SERVER_CHALLENGE, PEER_CHALLENGE, USER, hash))
                .isEqualTo(NT_RESPONSE);
    }

    @Test
    void provesThatTheServerKnowsThePassword() {
        assertThat(MsChapV2.authenticatorResponse(hash, NT_RESPONSE, PEER_CHALLENGE, SERVER_CHALLENGE, USER))
                .isEqualTo("S=407A5589115FD0D6209F510FE9C04566932CDA56");
    }

    /** Its second part is SendStartKey128 of RFC 3079 3.5.3. */
    @Test
    void derivesTheKey() {
        assertThat(MsChapV2.msk(hash, NT_RESPONSE).bytes())
                .isEqualTo(
                        hex("D5F0E9521E3EA9589645E86051C82226" + "8B7CDC149B993A1BA118CB153F56DCCB" + "00".repeat(32)));
    }

    @Test
    void theDomainIsNoPartOfTheName() {
        assertThat(MsChapV2Secrets.withoutDomain(Octets.wrap(ascii("DOMAIN\\User"))))
                .isEqualTo(USER);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
