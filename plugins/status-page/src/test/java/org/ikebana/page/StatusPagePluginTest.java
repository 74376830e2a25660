package org.ikebana.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.control.ListenAddress;
import org.ikebana.kernel.memory.LoopbackPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser gets from a daemon with one tunnel that comes up and one that cannot. */
@Timeout(120)
class StatusPagePluginTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ESP = "aes256gcm16";
    /** Markup in what a peer calls itself. */
    private static final String HOSTILE = "keyid:</script><img src=x onerror=alert(1)>\"";

    private final HttpClient client = HttpClient.newHttpClient();
    private LoopbackPeer west;
    private LoopbackPeer east;
    private StatusPage page;

    @BeforeEach
    void start() throws Exception {
        west = new LoopbackPeer();
        east = new LoopbackPeer();
        page = StatusPage.open(west.control(), ListenAddress.parse("control.status-page.listen", "127.0.0.1:0", ""));
        east.load(
                HOSTILE,
                west,
                "west",
                LoopbackPeer.child("lan", "10.2.0.0/16", "10.1.0.0/16", ESP, StartAction.NONE),
                LoopbackPeer.child("other", "10.4.0.0/16", "10.3.0.0/16", ESP, StartAction.NONE));
        west.load(
                "west",
                east,
                HOSTILE,
                LoopbackPeer.child("lan", "10.1.0.0/16", "10.2.0.0/16", ESP, StartAction.START),
                LoopbackPeer.child("broken", "10.3.0.0/16", "10.4.0.0/16", "aes128-sha256", StartAction.START));
        page.begin();
    }

    @AfterEach
    void stop() throws Exception {
        page.close();
        west.close();
        east.close();
    }

    @Test
    void saysHowTheTunnelsAreAndWhyOneFails() throws Exception {
        String lanIsUp = "\"child\":\"lan\",\"condition\":\"up\"";
        String status = await(answer -> answer.contains("\"failure\"") && answer.contains(lanIsUp))
                .body();
        assertThat(status)
                .contains(
                        lanIsUp,
                        "\"child\":\"broken\",\"condition\":\"failing\"",
                        "the peer refused with NO_PROPOSAL_CHOSEN",
                        "\"question\":\"what its log says of that moment",
                        "\"localTs\":[\"10.1.0.0/16\"],\"peerTs\":[\"10.2.0.0/16\"]",
                        "\"esp\":\"aes256gcm16")
                .as("the first thing that has happened")
                .contains("initiating from 127.0.0.1");
    }

    @Test
    void historyHasAValueForEachPoint() throws Exception {
        await(answer -> answer.contains("\"condition\":\"up\""));
        String history = get("/history").body();
        assertThat(history).startsWith("{\"sample\":").contains("{\"connection\":\"site\",\"child\":\"lan\",\"in\":[");
        List<Integer> lengths = Pattern.compile("\\[([0-9,nul]*)\\]")
                .matcher(history)
                .results()
                .map(list -> list.group(1).split(",").length)
                .toList();
        assertThat(lengths).as("ages, and in and out of two tunnels").hasSize(5).containsOnly(lengths.getFirst());
    }

    /** As JSON nothing ends a string; what the page makes of it shows the test with a browser. */
    @Test
    void whatAPeerCallsItselfStaysAString() throws Exception {
        HttpResponse<String> status = await(answer -> answer.contains("\"condition\":\"up\""));
        assertThat(status.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(status.body()).contains("onerror=alert(1)>\\\"\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/index.html",
                "/page.js",
                "/page.css",
                "/icon.svg",
                "/status",
                "/history",
                "/nothing",
                "/../x"
            })
    void nothingForeignIsLoadedOrRun(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .startsWith("default-src 'none'; script-src 'self';")
                        .doesNotContain("unsafe"));
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void thePageIsWhole() throws Exception {
        String start = get("/").body();
        String script = get("/page.js").body();
        List<String> references = Pattern.compile("(?:src|href)=\"([^\"]+)\"|from \"\\./([^\"]+)\"")
                .matcher(start + script)
                .results()
                .map(StatusPagePluginTest::name)
                .distinct()
                .toList();
        assertThat(references).contains("page.css", "page.js", "row.js");
        for (String reference : references) {
            assertThat(get("/" + reference).statusCode()).as(reference).isEqualTo(200);
        }
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void isForReadersOfThisHostAlone() throws Exception {
        HttpRequest.Builder post = request("/status").POST(HttpRequest.BodyPublishers.ofString("x"));
        assertThat(client.send(post.build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(405);
    }

    private static String name(MatchResult reference) {
        return reference.group(1) == null ? reference.group(2) : reference.group(1);
    }

    private HttpResponse<String> await(Predicate<String> isThere) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        HttpResponse<String> answer = get("/status");
        while (!isThere.test(answer.body())) {
            assertThat(System.nanoTime()).as(answer.body()).isLessThan(end);
            assertThat(new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS)).isFalse();
            answer = get("/status");
        }
        return answer;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page.port() + path))
                .timeout(PATIENCE);
    }
}
