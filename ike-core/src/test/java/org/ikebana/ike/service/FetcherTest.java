package org.ikebana.ike.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.environment.Fetch;
import org.ikebana.ike.environment.Fetched;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers on the loopback, well-behaved ones and others. */
class FetcherTest {
    private static final int LIMIT = 1000;
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofSeconds(2);

    private final List<String> heard = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/list", exchange -> answer(exchange, 200, "content"));
        server.createContext("/long", exchange -> answer(exchange, 200, "x".repeat(LIMIT + 1)));
        server.createContext("/moved", exchange -> redirect(exchange, "/list"));
        server.createContext("/circle", exchange -> redirect(exchange, "/circle"));
        server.createContext("/file", exchange -> redirect(exchange, "file:///etc/passwd"));
        server.createContext("/secure", exchange -> redirect(exchange, "https://localhost/"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/list", "/moved"})
    void getsWhatStandsThere(String path) throws Exception {
        assertThat(fetch(path)).isEqualTo(new Fetched.Content(octets("content")));
        assertThat(heard).last().isEqualTo("GET null ");
    }

    @Test
    void asksResponders() throws Exception {
        Fetched fetched = fetch(new Fetch(uri("/list"), Optional.of(octets("question")), LIMIT), LONG);
        assertThat(fetched).isEqualTo(new Fetched.Content(octets("content")));
        assertThat(heard).containsExactly("POST application/ocsp-request question");
    }

    @Test
    void saysWhatTheServerSays() throws Exception {
        assertFailure("/nothing", "the server answers 404");
    }

    @Test
    void takesNoMoreThanAskedFor() throws Exception {
        assertFailure("/long", "its answer has more than 1000 octets");
    }

    @Test
    void goesNotInCircles() throws Exception {
        assertFailure("/circle", "it leads from one place to another more than 3 times");
        assertThat(heard).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/file", "/secure"})
    void isLedToNothingElse(String path) throws Exception {
        assertFailure(path, "the server answers 302");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost/",
                "file:///etc/passwd",
                "ldap:///cn=x",
                "http:",
                "jar:http://h/x!/",
                "gone",
                "http://a b"
            })
    void followsHttpAndLdapOnly(String uri) throws Exception {
        assertThat(fetch(new Fetch(uri, Optional.empty(), LIMIT), LONG))
                .isEqualTo(new Fetched.Failed("only http:// and ldap:// with the name of a server are looked up"));
    }

    @Test
    void looksAtNoPortThatThereIsNot() throws Exception {
        for (String scheme : List.of("http", "ldap")) {
            assertThat(fetch(new Fetch(scheme + "://127.0.0.1:70000/cn=x", Optional.empty(), LIMIT), LONG))
                    .isInstanceOf(Fetched.Failed.class);
        }
    }

    /** Whoever asks gets a result, and those who come after him can ask again. */
    @Test
    void aReaderThatFailsIsToldOfAFailure() throws Exception {
        CompletableFuture<String> result = new CompletableFuture<>();
        try (Fetcher fetcher = new Fetcher(Runnable::run, LONG)) {
            fetcher.fetch(
                    new Fetch(uri("/list"), Optional.empty(), LIMIT),
                    fetched -> {
                        if (fetched instanceof Fetched.Failed failed) {
                            return failed.why();
                        }
                        throw new IllegalStateException("on purpose");
                    },
                    result::complete);
            assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo("a defect in Ikebana, which has been logged");
        }
    }

    @Test
    void saysThatNobodyIsThere() throws Exception {
        int port = server.getAddress().getPort();
        server.stop(0);
        for (String scheme : List.of("http", "ldap")) {
            Fetched fetched =
                    fetch(new Fetch(scheme + "://127.0.0.1:" + port + "/cn=x", Optional.empty(), LIMIT), LONG);
            assertThat(((Fetched.Failed) fetched).why()).startsWith("no connection");
        }
    }

    /** It takes the connection, and that is all. */
    @ParameterizedTest
    @ValueSource(strings = {"http", "ldap"})
    void waitsForASilentServerNoLongerThanItMay(String scheme) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String uri = scheme + "://127.0.0.1:" + silent.getLocalPort() + "/cn=x";
            long start = System.nanoTime();
            Fetched fetched = fetch(new Fetch(uri, Optional.empty(), LIMIT), SHORT);
            assertThat(fetched).isEqualTo(new Fetched.Failed("no answer within 10 s"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
        }
    }

    /** All turns at one server are taken; another one's document comes all the same. */
    @Test
    void aSilentServerKeepsNobodyFromOthers() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
                Fetcher fetcher = new Fetcher(Runnable::run, LONG)) {
            Fetch dead = new Fetch("http://127.0.0.1:" + silent.getLocalPort(), Optional.empty(), LIMIT);
            List<CompletableFuture<Fetched>> waiting = new ArrayList<>();
            for (int i = 0; i < 2 * ServerTurns.MOST; i++) {
                waiting.add(begin(fetcher, dead));
            }
            Fetch alive = new Fetch(uri("/list"), Optional.empty(), LIMIT);
            assertThat(begin(fetcher, alive).get(LONG.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo(new Fetched.Content(octets("content")));
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
        }
    }

    @Test
    void getsListsFromDirectories() throws Exception {
        try (LdapListServer directory =
                new LdapListServer("cn=Root,o=Ikebana", octets("list").toByteArray())) {
            assertThat(fetch(directory.fetch("cn=Root,o=Ikebana", LIMIT), LONG))
                    .isEqualTo(new Fetched.Content(octets("list")));
            assertThat(fetch(directory.fetch("cn=Other", LIMIT), LONG))
                    .isInstanceOfSatisfying(
                            Fetched.Failed.class,
                            failed -> assertThat(failed.why()).startsWith("the server answers: "));
            assertThat(fetch(directory.fetch("cn=Root,o=Ikebana", 3), LONG))
                    .isEqualTo(new Fetched.Failed("its answer has more than 3 octets"));
        }
    }

    private void assertFailure(String path, String why) throws Exception {
        assertThat(fetch(path)).isEqualTo(new Fetched.Failed(why));
    }

    private Fetched fetch(String path) throws Exception {
        return fetch(new Fetch(uri(path), Optional.empty(), LIMIT), LONG);
    }

    private static Fetched fetch(Fetch what, Duration patience) throws Exception {
        try (Fetcher fetcher = new Fetcher(Runnable::run, patience)) {
            return begin(fetcher, what).get(60, TimeUnit.SECONDS);
        }
    }

    private static CompletableFuture<Fetched> begin(Fetcher fetcher, Fetch what) {
        CompletableFuture<Fetched> result = new CompletableFuture<>();
        fetcher.fetch(what, fetched -> fetched, result::complete);
        return result;
    }

    private String uri(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void answer(HttpExchange exchange, int status, String content) throws IOException {
        String question = new String(exchange.getRequestBody().readAllBytes(), US_ASCII);
        synchronized (heard) {
            heard.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " " + question);
        }
        exchange.sendResponseHeaders(status, content.isEmpty() ? -1 : content.length());
        exchange.getResponseBody().write(content.getBytes(US_ASCII));
        exchange.close();
    }

    private void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().add("Location", to);
        answer(exchange, 302, "");
    }

    private static Octets octets(String text) {
        return Octets.wrap(text.getBytes(US_ASCII));
    }
}
