package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NewerStrongSwanTest;
import org.ikebana.it.net.Packet.Kind;
import org.ikebana.it.net.Site;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaOnCommand;
import org.ikebana.it.peer.Installation;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;
import org.ikebana.it.peer.TunnelOnCommand;
import org.ikebana.it.peer.TunnelOnCommand.By;
import org.ikebana.it.peer.TunnelOnCommand.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * ML-KEM, alone and as an additional key exchange (RFC 9370, RFC 9242, draft-ietf-ipsecme-ikev2-mlkem), with a strongSwan
 * that has it. Both keys are right only if both have mixed the same secrets in the same order.
 */
@NewerStrongSwanTest
class HybridKeyExchangeVsStrongSwanTest {
    private static final String UP = "child SA net\\{1} established";

    @ParameterizedTest
    @CsvSource({
        "x25519-ke1_mlkem768, CURVE_25519/KE1_ML_KEM_768",
        "x25519-ke1_mlkem512, CURVE_25519/KE1_ML_KEM_512",
        "ecp384-ke1_mlkem1024, ECP_384/KE1_ML_KEM_1024",
        "x25519-ke1_mlkem768-ke2_ecp384, CURVE_25519/KE1_ML_KEM_768/KE2_ECP_384",
        "mlkem768, ML_KEM_768",
    })
    void ikebanaInitiates(String groups, String shown, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan east = strongSwan(conf(sites.east(), sites.west(), groups));
        IkebanaOnCommand west = IkebanaOnCommand.startTun(
                conf(sites.west(), sites.east(), groups).child("start_action", "start"));
        west.awaitLog(UP);

        east.awaitLog("selected proposal: IKE:.*/" + shown + "$");
        east.awaitLog("parsed IKE_AUTH request .* N\\(\\(16443\\)\\)"); // SUPPORTED_AUTH_METHODS does not disturb it
        new Traffic(sites).assertPingsAreOnlySeenAs(Kind.ESP_IN_UDP);
    }

    @ParameterizedTest
    @CsvSource({
        "x25519-ke1_mlkem768, CURVE_25519/KE1_ML_KEM_768",
        "x25519-ke1_mlkem512, CURVE_25519/KE1_ML_KEM_512",
        "ecp384-ke1_mlkem1024, ECP_384/KE1_ML_KEM_1024",
        "x25519-ke1_mlkem768-ke2_ecp384, CURVE_25519/KE1_ML_KEM_768/KE2_ECP_384",
        "mlkem768, ML_KEM_768",
    })
    void strongSwanInitiates(String groups, String shown, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaOnCommand west = IkebanaOnCommand.startTun(conf(sites.west(), sites.east(), groups));
        StrongSwan east = strongSwan(conf(sites.east(), sites.west(), groups));
        east.initiate("net");
        west.awaitLog(UP);

        east.awaitLog("selected proposal: IKE:.*/" + shown + "$");
        new Traffic(sites).assertPingsAreOnlySeenAs(Kind.ESP_IN_UDP);
    }

    /** IKE_FOLLOWUP_KE, from both ends. */
    @Test
    void rekeysExchangeThemAllAgain(Lab lab) {
        String groups = "x25519-ke1_mlkem768-ke2_ecp256";
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan east = strongSwan(conf(sites.east(), sites.west(), groups));
        IkebanaOnCommand west = IkebanaOnCommand.startTun(
                conf(sites.west(), sites.east(), groups).child("start_action", "start"));
        west.awaitLog(UP);
        TunnelOnCommand tunnel = new TunnelOnCommand(west, east);

        for (Subject subject : Subject.values()) {
            for (By by : new By[] {By.IKEBANA, By.STRONGSWAN, By.IKEBANA}) {
                int before = east.logged();
                tunnel.rekey(subject, by);
                east.awaitLogAfter(before, "selected proposal: .*/CURVE_25519.*/KE1_ML_KEM_768/KE2_ECP_256");
                east.awaitLogAfter(before, "parsed IKE_FOLLOWUP_KE .* \\[ KE ");
                tunnel.awaitOnePair();
                assertThat(sites.west().ping(sites.east()).allAnswered())
                        .as("after a rekey, %s by %s", subject, by)
                        .isTrue();
            }
        }
    }

    private static SwanctlConf conf(Site local, Site remote, String groups) {
        return psk(local, remote)
                .connection("proposals", "aes256gcm16-prfsha256-" + groups)
                .child("esp_proposals", "aes256gcm16-" + groups);
    }

    private static StrongSwan strongSwan(SwanctlConf conf) {
        return StrongSwan.start(conf, StrongSwanSettings.userspaceEsp().of(Installation.newer()));
    }
}
