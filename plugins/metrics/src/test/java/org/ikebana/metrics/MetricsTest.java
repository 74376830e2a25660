package org.ikebana.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.control.ListenAddress;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.kernel.memory.LoopbackPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a Prometheus and a load balancer get from a daemon with one tunnel that comes up and one that cannot. */
@Timeout(120)
class MetricsTest {
    private static final String SETTING = "control.metrics.listen";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ESP = "aes256gcm16";

    private final HttpClient client = HttpClient.newHttpClient();
    private LoopbackPeer west;
    private LoopbackPeer east;
    private MetricsPlugin.Served metrics;

    @BeforeEach
    void start() throws Exception {
        west = new LoopbackPeer();
        east = new LoopbackPeer();
        metrics = MetricsPlugin.open(west.control(), ListenAddress.parse(SETTING, "127.0.0.1:0", "")); // any port
        metrics.begin();
        east.load(
                "east",
                west,
                "west",
                LoopbackPeer.child("lan", "10.2.0.0/16", "10.1.0.0/16", ESP, StartAction.NONE),
                LoopbackPeer.child("other", "10.4.0.0/16", "10.3.0.0/16", ESP, StartAction.NONE));
        west.load(
                "west",
                east,
                "east",
                LoopbackPeer.child("lan", "10.1.0.0/16", "10.2.0.0/16", ESP, StartAction.START),
                LoopbackPeer.child("broken", "10.3.0.0/16", "10.4.0.0/16", "aes128-sha256", StartAction.START));
    }

    @AfterEach
    void stop() throws Exception {
        metrics.close();
        west.close();
        east.close();
    }

    @Test
    void tunnelsAndFailuresAreCounted() throws Exception {
        String lanIsUp = "ikebana_tunnel_up{child=\"lan\",connection=\"site\"} 1.0";
        String text = await(
                        "/metrics",
                        answer -> answer.body().contains("reason=\"peer_refused\"")
                                && answer.body().contains(lanIsUp))
                .body();
        assertThat(text.lines())
                .contains(
                        lanIsUp,
                        "ikebana_tunnel_up{child=\"broken\",connection=\"site\"} 0.0",
                        "ikebana_tunnel_wanted{child=\"lan\",connection=\"site\"} 1.0",
                        "ikebana_tunnel_wanted{child=\"broken\",connection=\"site\"} 1.0",
                        "ikebana_tunnel_down_seconds{child=\"lan\",connection=\"site\"} 0.0",
                        "ikebana_ike_sas_established_total{connection=\"site\",role=\"initiator\"} 1.0",
                        "ikebana_ike_sas_up 1.0",
                        "ikebana_messages_total{kind=\"ike-init-out-req\"} 1.0",
                        "ikebana_events_complete 1.0",
                        "ikebana_build_info{version=\"7.8.9\"} 1");
    }

    @Test
    void aRekeyIsCountedAndTheTunnelStaysUp() throws Exception {
        await("/metrics", answer -> answer.body().contains("ikebana_ike_sas_up 1.0"));
        west.control()
                .tell(engine ->
                        engine.ikeSas().forEach(sa -> List.copyOf(sa.childSas()).forEach(sa::rekeyChild)));
        HttpResponse<String> answer = await("/metrics", a -> a.body().contains("ikebana_child_rekeys_total{"));
        assertThat(answer.body().lines())
                .contains(
                        "ikebana_child_rekeys_total{child=\"lan\",connection=\"site\"} 1.0",
                        "ikebana_tunnel_up{child=\"lan\",connection=\"site\"} 1.0");
        west.control().tell(engine -> engine.ikeSas().forEach(IkeSa::rekey));
        await("/metrics", a -> a.body().contains("ikebana_ike_rekeys_total{connection=\"site\"} 1.0"));
    }

    @Test
    void aLoadBalancerHearsWhatIsDown() throws Exception {
        HttpResponse<String> ready = await("/ready", answer -> answer.body().equals("site/broken is down\n"));
        assertThat(ready.statusCode()).isEqualTo(503);
        HttpResponse<String> health = await("/health", answer -> answer.statusCode() == 200);
        assertThat(health.body()).isEqualTo("alive\n");
    }

    @Test
    void theDashboardAsksForNothingThatThereIsNot() throws Exception {
        String text = await(
                        "/metrics",
                        answer -> answer.body().contains("ikebana_ike_sas_up 1.0")
                                && answer.body().contains("ikebana_ike_sas_established_total{"))
                .body();
        Set<String> offered = Stream.concat(
                        Pattern.compile("# TYPE (ikebana_[a-z_]+)")
                                .matcher(text)
                                .results()
                                .map(r -> r.group(1)),
                        Stream.of(
                                // with their first event only
                                "ikebana_negotiation_failures_total",
                                "ikebana_child_rekeys_total",
                                "ikebana_ike_rekeys_total",
                                "ikebana_retransmissions_total",
                                "ikebana_certificate_end_timestamp_seconds"))
                .collect(Collectors.toSet());

        Set<String> asked = Pattern.compile("ikebana_[a-z_]+")
                .matcher(Files.readString(Path.of("grafana/ikebana.json")))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());

        assertThat(asked).hasSizeGreaterThan(10).isSubsetOf(offered);
    }

    /** Debian's package prometheus has it. */
    @Test
    void promtoolFindsNoFault() throws Exception {
        String text = await("/metrics", answer -> answer.body().contains("reason=\"peer_refused\""))
                .body();
        Process promtool;
        try {
            promtool = new ProcessBuilder("promtool", "check", "metrics")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException missing) {
            System.out.println("SKIPPED: promtool on the metrics: it is not installed; apt-get install prometheus");
            Assumptions.abort("no promtool");
            return;
        }
        try (var input = promtool.getOutputStream()) {
            input.write(text.getBytes(StandardCharsets.UTF_8));
        }
        String verdict = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(verdict).isZero();
        assertThat(verdict).isEmpty();
    }

    @Test
    void aPortThatIsTakenIsSaidSo() {
        Map<String, String> taken =
                Map.of("listen", "127.0.0.1:" + metrics.server().port());
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new MetricsPlugin().open(west.control(), taken))
                .withMessageContaining(SETTING);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new MetricsPlugin().open(west.control(), Map.of("listen", "here")))
                .withMessageContaining("'here', which is no address with a port");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + metrics.server().port() + path);
        return client.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> await(String path, Predicate<HttpResponse<String>> isThere) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        HttpResponse<String> answer = get(path);
        while (!isThere.test(answer)) {
            assertThat(System.nanoTime()).as(answer.body()).isLessThan(end);
            assertThat(new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS)).isFalse();
            answer = get(path);
        }
        return answer;
    }
}
