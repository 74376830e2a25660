package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.EapTest.line;
import static org.ikebana.simulation.EapTest.passwords;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.Credentials;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.IdentitySyntaxException;
import org.ikebana.ike.auth.Ppks;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.AuthConfig.Method;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.eap.EapAuth;
import org.ikebana.ike.eap.EapMethod;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestAuthority.Issued;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several authentications of either side, one after the other (RFC 4739). West begins. */
class AuthRoundsTest {
    private static final String WEST_ID = "west.example.org";
    private static final String EAST_ID = "east.example.org";
    private static final String SECOND = "(see rounds.conf:2)";
    private static final String CAROL = "carol@example.org";

    private final TestAuthority root = TestAuthority.root("C=CH, O=Ikebana, CN=Root");
    private final TwoPeers peers = new TwoPeers();
    private final Issued westOwn = root.issue("CN=west", "P-256", named(WEST_ID));
    private final Issued eastOwn = root.issue("CN=east", "P-256", named(EAST_ID));
    private String westPassword = "Ar3etTnp";

    AuthRoundsTest() throws Exception {}

    /** Each letter a round: a shared key, a certificate, EAP-MSCHAPv2, EAP-TLS. */
    @ParameterizedTest
    @CsvSource({"CM, C", "PC, C", "CP, PC", "MC, C", "MT, C", "P, CP", "CMT, PC", "T, CP", "PCM, P", "M, CC"})
    void inWhateverOrder(String west, String east) throws Exception {
        load(side(west, WEST_ID), side(east, EAST_ID));
        peers.assertTunnel();
        IkeEvent.IkeSaEstablished up =
                peers.east.events(IkeEvent.IkeSaEstablished.class).getFirst();
        assertThat(up.remoteId()).hasToString(WEST_ID);
        assertThat(peers.west.events(IkeEvent.NegotiationFailed.class)).isEmpty();
        assertThat(peers.east.events(IkeEvent.NegotiationFailed.class)).isEmpty();
    }

    @Test
    void theSecondRoundFails() throws Exception {
        westPassword = "wrong";
        load(side("CM", WEST_ID), side("C", EAST_ID));
        assertThat(line(peers.east)).contains("the password of carol@example.org is not the one", SECOND);
        assertThat(line(peers.west)).contains("the peer refuses the password", SECOND);
        assertThat(peers.east.memory().installedSas()).isEmpty();
    }

    @Test
    void aRoundIsLeftOut() throws Exception {
        load(side("C", WEST_ID), side("CM", WEST_ID), side("C", EAST_ID), side("C", EAST_ID));
        assertThat(line(peers.east)).contains("the peer has authenticated for the last time", SECOND);
    }

    @Test
    void aRoundTooMany() throws Exception {
        load(side("CM", WEST_ID), side("C", WEST_ID), side("C", EAST_ID), side("C", EAST_ID));
        assertThat(line(peers.west)).contains("the peer takes one authentication alone (no RFC 4739)");
    }

    @Test
    void theResponderLeavesARoundOut() throws Exception {
        load(side("C", WEST_ID), side("C", WEST_ID), side("CP", EAST_ID), side("C", EAST_ID));
        assertThat(line(peers.west)).contains("the peer has authenticated for the last time", SECOND);
    }

    @Test
    void anotherIdentityInTheSecondRound() throws Exception {
        load(side("CP", WEST_ID), side("CM", WEST_ID), side("C", EAST_ID), side("C", EAST_ID));
        assertThat(line(peers.east))
                .contains("the peer is west.example.org, the configuration wants carol@example.org", SECOND);
    }

    @Test
    void anotherMethodOfTheSameName() throws Exception {
        load(side("CP", WEST_ID), side("CT", WEST_ID), side("C", EAST_ID), side("C", EAST_ID));
        assertThat(line(peers.east)).contains("proves itself by a shared key, the configuration asks for EAP", SECOND);
    }

    private void load(AuthConfig west, AuthConfig east) throws Exception {
        load(west, west, east, east);
    }

    private void load(AuthConfig west, AuthConfig westAtEast, AuthConfig eastAtWest, AuthConfig east) throws Exception {
        peers.east
                .engine()
                .load(
                        List.of(eastSite()
                                .with(c -> c.local(east).remote(westAtEast))
                                .connection()),
                        credentials(eastOwn, "Ar3etTnp"));
        peers.west
                .engine()
                .load(
                        List.of(westSite()
                                .with(c -> c.local(west).remote(eastAtWest))
                                .starting(StartAction.START)
                                .connection()),
                        credentials(westOwn, westPassword));
        peers.pass(Duration.ofSeconds(1));
    }

    private Credentials credentials(Issued own, String password) {
        return new Credentials(
                new SharedKeys(List.of(Site.secret("correct horse"))),
                Ppks.NONE,
                passwords(CAROL, password, WEST_ID),
                Certificates.of(List.of(root.certificate()), List.of(own.certificate()), List.of(own.key())),
                StatusSources.NONE);
    }

    /** The first round has the identity of the machine, a later password is carol's. Its section stands at the line of its number. */
    private static AuthConfig side(String rounds, String id) {
        List<AuthConfig> all = IntStream.range(0, rounds.length())
                .mapToObj(i -> round(rounds.charAt(i), i > 0 && rounds.charAt(i) == 'M' ? CAROL : id)
                        .with(Map.of("auth", at(i + 1), "id", at(i + 1))))
                .toList();
        return all.getFirst().with(all.subList(1, all.size()));
    }

    private static SourceRef at(int number) {
        return new SourceRef("rounds.conf", number, 1);
    }

    private static AuthConfig round(char letter, String id) {
        return switch (letter) {
            case 'P' -> new AuthConfig(Method.PSK, identity(id));
            case 'C' -> new AuthConfig(Method.PUBKEY, identity(id));
            case 'M' -> new AuthConfig(Method.EAP, identity(id)).with(EapAuth.of(List.of(EapMethod.MSCHAPV2)));
            case 'T' -> new AuthConfig(Method.EAP, identity(id)).with(EapAuth.of(List.of(EapMethod.TLS)));
            default -> throw new IllegalArgumentException("no method " + letter);
        };
    }

    private static Identity identity(String text) {
        try {
            return Identity.parse(text);
        } catch (IdentitySyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static TestAuthority.Content named(String name) {
        return builder -> builder.addExtension(
                Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
    }
}
