package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.Credentials;
import org.ikebana.ike.auth.Ppks;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.IkeEvent.CertificateExpiring;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.service.EventLog;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestAuthority.Issued;
import org.junit.jupiter.api.Test;

/** Certificates near their end are warned of when they are loaded and every day, and new ones take their place by a reload. */
class ExpiryWarningTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final TestAuthority root = TestAuthority.root("CN=Root");
    private final TwoPeers peers = new TwoPeers();
    private final Instant start = peers.west.now();

    ExpiryWarningTest() throws Exception {}

    @Test
    void warnsEveryDayFromThirtyDaysBeforeTheEnd() throws Exception {
        load(own(DAY.multipliedBy(32)));
        assertThat(warnings()).isEmpty();
        peers.pass(DAY.multipliedBy(3));
        assertThat(warnings()).singleElement().satisfies(first -> {
            assertThat(first.left()).isLessThanOrEqualTo(DAY.multipliedBy(30)).isPositive();
            assertThat(first.authority()).isFalse();
            assertThat(EventLog.describe(first))
                    .startsWith("the certificate of ours, \"CN=west\" expires in 29 days, on 2026-02-02T")
                    .endsWith(": put a new one into its place and send SIGHUP, or no peer accepts it");
        });
        peers.pass(DAY.multipliedBy(31));
        assertThat(warnings()).hasSize(32);
        assertThat(EventLog.describe(warnings().getLast())).contains("\"CN=west\" has expired on 2026-02-02T");
    }

    @Test
    void aReloadWithANewOneEndsItAndTouchesNoTunnel() throws Exception {
        peers.load(westSite().starting(StartAction.START), eastSite());
        peers.pass(Duration.ofSeconds(1));
        IkeSa before = peers.west.ikeSa();
        load(own(DAY.multipliedBy(2)));
        assertThat(warnings()).hasSize(1);
        assertThat(peers.west.ikeSa()).isSameAs(before);
        peers.assertTunnel();

        load(own(DAY.multipliedBy(1000)));
        peers.pass(Duration.ofHours(30));
        assertThat(warnings()).hasSize(1);
        assertThat(peers.west.events(IkeEvent.IkeSaClosed.class))
                .extracting(IkeEvent.IkeSaClosed::reason)
                .allMatch(reason -> reason.contains("rekey"));
    }

    @Test
    void authoritiesAreWarnedOfAndPeersAreNot() throws Exception {
        Issued peer = root.issue("CN=peer", "P-256", TestAuthority.BEGIN, start.plus(DAY), b -> {}, "SHA256withECDSA");
        Certificate old = root.issue(
                        "CN=Old", "P-256", TestAuthority.BEGIN, start.plus(DAY), b -> {}, "SHA256withECDSA")
                .certificate();
        load(Certificates.of(List.of(old), List.of(peer.certificate()), List.of()));
        assertThat(warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.authority()).isTrue();
            assertThat(EventLog.describe(warning))
                    .startsWith("the certificate of the CA \"CN=Old\" expires in 1 days")
                    .endsWith("or no peer of that CA is accepted");
        });
    }

    @Test
    void isSilentWhereItIsNotWanted() throws Exception {
        peers.restart(
                true, IkeSettings.DEFAULT.changed().expiryNotice(Duration.ZERO).build());
        load(own(DAY));
        peers.pass(DAY.multipliedBy(3));
        assertThat(warnings()).isEmpty();
    }

    private Certificates own(Duration left) {
        Issued own = root.issue("CN=west", "P-256", TestAuthority.BEGIN, start.plus(left), b -> {}, "SHA256withECDSA");
        return Certificates.of(List.of(root.certificate()), List.of(own.certificate()), List.of(own.key()));
    }

    private void load(Certificates certificates) throws Exception {
        peers.west
                .engine()
                .load(
                        List.of(westSite().starting(StartAction.START).connection()),
                        new Credentials(
                                new SharedKeys(List.of(Site.secret("correct horse"))), Ppks.NONE, certificates));
    }

    private List<CertificateExpiring> warnings() {
        return peers.west.events(CertificateExpiring.class);
    }
}
