package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.NamedConnection;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;

/** Ikebana in the west and strongSwan in the east with the same connections, over TUN: on any Linux. */
record Gateways(TwoSites sites, IkebanaDaemon ikebana, StrongSwan strongSwan) {
    /** Who brings the connections up: Ikebana all at once, or strongSwan one after the other when it is told to. */
    enum Initiator {
        IKEBANA,
        STRONGSWAN
    }

    /** @param more files of both ends */
    static Gateways start(
            Lab lab,
            List<NamedConnection> all,
            Initiator initiator,
            StrongSwanSettings settings,
            Map<String, String> more) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan strongSwan = StrongSwan.start(
                sites.east().gateway(), "", settings.with("block_threshold", "0")); // so many begin at once
        Map<String, String> theirs = NamedConnection.files(sites, sites.east(), all, "none");
        theirs.forEach((name, text) -> Lab.write(strongSwan.credentials().resolve(name), text));
        more.forEach((name, text) -> Lab.write(strongSwan.credentials().resolve(name), text));
        strongSwan.load(theirs.getOrDefault("swanctl.conf", ""));

        String action = initiator == Initiator.IKEBANA ? "start" : "none";
        Map<String, String> ours = new LinkedHashMap<>(NamedConnection.files(sites, sites.west(), all, action));
        ours.putAll(more);
        ours.put("ikebana.conf", "kernel = tun\n");
        return new Gateways(sites, IkebanaDaemon.start(sites.west().gateway(), ours), strongSwan);
    }

    /** Waits until the connection is up at both ends; what fails instead is told at once. */
    void awaitUp(NamedConnection connection) {
        String up = "child SA " + connection.name() + "\\{\\d+} established";
        assertThat(ikebana.awaitLog(up + "|" + connection.name() + ".* failed:"))
                .containsPattern(up);
        strongSwan.awaitLog("CHILD_SA " + connection.name() + "\\{\\d+} established");
    }

    /** Has strongSwan begin, and waits until it has come to an end with it. */
    void strongSwanInitiates(NamedConnection connection) {
        strongSwan
                .swanctl("--initiate", "--child", connection.name(), "--timeout", "20")
                .tryRun();
    }
}
