package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ikebana.it.lab.ChromiumTest;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.net.Ping;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.Browser;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.NamedConnection;
import org.ikebana.it.peer.Proof;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.junit.jupiter.api.Test;

/** What a browser shows of a daemon with strongSwan at the other end: two tunnels are up, a third one cannot be. */
@ChromiumTest
class StatusPageTest {
    private static final Path PICTURE = Path.of("target/status-page.png");
    private static final Pattern TUNNEL =
            Pattern.compile("<tbody[^>]*data-tunnel=\"([^\"]*)\".*?</tbody>", Pattern.DOTALL);
    /** A name that a browser must not understand. */
    private static final String MARKUP = "ware<b>house";

    private static final Pattern TAG = Pattern.compile("<[^>]*>");

    @Test
    void showsTwoTunnelsUpAndOneFailingWithItsReason(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        List<NamedConnection> all = List.of(connection("office"), connection(MARKUP), connection("branch"));
        StrongSwan.start(
                sites.east().gateway(),
                NamedConnection.files(sites, sites.east(), all, "none").getOrDefault("swanctl.conf", ""),
                StrongSwanSettings.userspaceEsp());
        Map<String, String> files = new HashMap<>(NamedConnection.files(sites, sites.west(), all, "start"));
        files.computeIfPresent("swanctl.conf", (name, text) -> withWrongSecret(text, "branch"));
        files.put("ikebana.conf", "kernel = tun\ncontrol {\n  status-page {\n    enabled = yes\n  }\n}\n");
        IkebanaDaemon west = IkebanaDaemon.start(sites.west().gateway(), files);
        west.awaitLog("child SA office\\{\\d+} established");
        west.awaitLog("child SA " + MARKUP + "\\{\\d+} established");
        west.awaitLog("branch\\[\\d+]: negotiation with .* failed");

        Ping.from(sites.west().host(), sites.east().hostAddress());
        String document = new Browser(sites.west().gateway()).open("http://localhost:9406/", PICTURE);

        Map<String, String> rows = rows(document);
        assertThat(rows.keySet())
                .as("what fails comes first")
                .containsExactly("branch/branch", "office/office", MARKUP + "/" + MARKUP);
        assertThat(words(rows.getOrDefault("office/office", ""))).contains("● up", "office.east.example", "192.0.2.2");
        assertThat(words(rows.getOrDefault(MARKUP + "/" + MARKUP, "")))
                .as("what a peer calls itself stays text")
                .contains("● up", escaped(MARKUP + ".east.example"));
        assertThat(words(rows.getOrDefault("branch/branch", "")))
                .contains(
                        "✖ failing",
                        "AUTHENTICATION_FAILED",
                        "compare the secrets of both sides",
                        "Ask the other side");
        assertThat(rows.get("office/office")).as("the curve of the pings").containsPattern("class=\"in\" d=\"M[0-9]");
        assertThat(words(document))
                .contains("2 up", "1 failing")
                .as("the first event")
                .contains("office/office: trap installed");
        assertThat(PICTURE).isNotEmptyFile();
    }

    private static NamedConnection connection(String name) {
        return new NamedConnection(name, Proof.psk(), Proof.psk());
    }

    private static String withWrongSecret(String conf, String connection) {
        int section = conf.indexOf("ike-" + connection);
        return conf.substring(0, section) + conf.substring(section).replace("correct horse", "another horse");
    }

    /** The part of each tunnel, by its name, in the order of the page. */
    private static Map<String, String> rows(String document) {
        Map<String, String> rows = new LinkedHashMap<>();
        Matcher tunnel = TUNNEL.matcher(document);
        while (tunnel.find()) {
            rows.put(unescaped(tunnel.group(1)), tunnel.group());
        }
        return rows;
    }

    private static String escaped(String text) {
        return text.replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">");
    }

    private static String words(String document) {
        return TAG.matcher(document).replaceAll(" ").replaceAll("\\s+", " ");
    }
}
