package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.Credentials;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.IdentitySyntaxException;
import org.ikebana.ike.auth.Ppks;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.auth.RevocationPolicy;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.service.EventLog;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestAuthority.Content;
import org.ikebana.ike.x509.TestAuthority.Issued;
import org.ikebana.ike.x509.TestList;

/** Two peers with certificates of one CA, which say where its revocation lists are. West begins. */
final class RevocationScene {
    static final String LIST = "http://crl.example.org/root.crl";
    static final String RESPONDER = "http://ocsp.example.org/";
    static final String WEST_ID = "west.example.org";
    static final String EAST_ID = "east.example.org";
    static final Duration A_SECOND = Duration.ofSeconds(1);

    final TestAuthority root = TestAuthority.root("C=CH, O=Ikebana, CN=Root");
    final TwoPeers peers;
    Issued west = issue(WEST_ID, listAt(LIST));
    Issued east = issue(EAST_ID, listAt(LIST));
    StatusSources westSources = StatusSources.NONE;
    StatusSources eastSources = StatusSources.NONE;
    RevocationPolicy westPolicy = RevocationPolicy.RELAXED;
    RevocationPolicy eastPolicy = RevocationPolicy.RELAXED;
    boolean westAsks;
    boolean eastAsks;
    final Instant next;

    RevocationScene() throws Exception {
        this(IkeSettings.DEFAULT);
    }

    RevocationScene(IkeSettings settings) throws Exception {
        peers = new TwoPeers(settings);
        next = peers.time.now().plus(Duration.ofDays(7));
    }

    /** What each of them has of the list, and after how long. */
    void publish(Duration delay, TestList list) {
        peers.west.documents().put(LIST, delay, list.encoded());
        peers.east.documents().put(LIST, delay, list.encoded());
    }

    /** With nobody on it so far. */
    TestList list() {
        return TestList.of(root, TestAuthority.BEGIN, next);
    }

    Issued issue(String name, Content content) {
        return root.issue("CN=" + name, "P-256", named(name).and(content));
    }

    static Content listAt(String uri) {
        return builder ->
                builder.addExtension(Extension.cRLDistributionPoints, false, TestList.distributionPoints(uri));
    }

    static Content responderAt(String uri) {
        var access = new AuthorityInformationAccess(
                AccessDescription.id_ad_ocsp, new GeneralName(GeneralName.uniformResourceIdentifier, uri));
        return builder -> builder.addExtension(Extension.authorityInfoAccess, false, access);
    }

    void start() throws Exception {
        loadEast();
        loadWest();
    }

    void loadEast() throws Exception {
        peers.east
                .engine()
                .load(
                        List.of(TwoPeers.eastSite()
                                .with(c -> c.local(asking(side(EAST_ID, RevocationPolicy.RELAXED), true))
                                        .remote(asking(side(WEST_ID, eastPolicy), eastAsks)
                                                .with(Map.of("revocation", new SourceRef("swanctl.conf", 7, 20)))))
                                .connection()),
                        credentials(east, eastSources));
    }

    void loadWest() throws Exception {
        peers.west
                .engine()
                .load(
                        List.of(TwoPeers.westSite()
                                .with(c -> c.local(asking(side(WEST_ID, RevocationPolicy.RELAXED), true))
                                        .remote(asking(side(EAST_ID, westPolicy), westAsks)))
                                .starting(StartAction.START)
                                .connection()),
                        credentials(west, westSources));
    }

    Credentials credentials(Issued own, StatusSources sources) {
        return new Credentials(
                new SharedKeys(List.of(Site.secret("correct horse"))),
                Ppks.NONE,
                EapTest.passwords(WEST_ID, "Ar3etTnp"),
                Certificates.of(List.of(root.certificate()), List.of(own.certificate()), List.of(own.key())),
                sources);
    }

    static AuthConfig side(String id, RevocationPolicy policy) {
        try {
            return new AuthConfig(
                    AuthConfig.Method.PUBKEY, Identity.parse(id), PublicKeyAuth.ANY.withRevocation(policy));
        } catch (IdentitySyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Asks for OCSP responses in CERT payloads, or, as a local side, sends them. */
    private static AuthConfig asking(AuthConfig side, boolean isOn) {
        return side.with(side.publicKey().withInBandStatus(isOn));
    }

    /** The one line that a refusal leaves. */
    static String refusal(Host host) {
        List<IkeEvent.NegotiationFailed> failed = host.events(IkeEvent.NegotiationFailed.class);
        assertThat(failed).hasSize(1);
        assertThat(host.events(IkeEvent.Warning.class)).isEmpty();
        return EventLog.describe(failed.getFirst());
    }

    /** Those of refusals. */
    static List<String> lines(Host host) {
        return host.events(IkeEvent.NegotiationFailed.class).stream()
                .map(EventLog::describe)
                .toList();
    }

    static Content named(String name) {
        return builder -> builder.addExtension(
                Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
    }
}
