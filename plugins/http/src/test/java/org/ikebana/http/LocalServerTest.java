package org.ikebana.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.control.ListenAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LocalServerTest {
    private static final int MOST_CONNECTIONS = 5;
    /** More than the kernel keeps for a reader that does not read. */
    private static final int LARGE = 64 << 20;

    private final CompletableFuture<Throwable> failed = new CompletableFuture<>();
    private LocalServer server;

    /** The JDK reads them once, and rounds times up to its next look at all connections, which it has every second. */
    static {
        System.setProperty("sun.net.httpserver.maxReqTime", "4");
        System.setProperty("sun.net.httpserver.maxRspTime", "4");
        System.setProperty("jdk.httpserver.maxConnections", Integer.toString(MOST_CONNECTIONS));
    }

    @BeforeEach
    void start() throws IOException {
        ListenAddress address = address(0);
        server = LocalServer.bind("test", address);
        server.serve(
                "/",
                exchange -> Answer.text(200, "hello").send(exchange),
                new OwnNamesOnly(address),
                new ReadingOnly());
        server.serve("/large", this::sendLarge);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whoComesEarlyWaits() throws IOException {
        try (Socket early = connect()) {
            ask(early, "GET / HTTP/1.0\r\nHost: localhost\r\n\r\n");
            server.begin();
            assertThat(readAll(early)).startsWith("HTTP/1.1 200").endsWith("\r\n\r\nhello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:9405", "127.0.0.1", "127.0.0.1:80", "[::1]:80"})
    void ownNamesAreServed(String host) throws IOException {
        server.begin();
        assertThat(answer("GET / HTTP/1.0\r\nHost: " + host)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: localhost.evil.example:9405",
                "Host: 192.0.2.1",
                "Host: localhost\r\nHost: evil.example",
                "Host: ",
                "Accept: */*"
            })
    void foreignNamesAreNot(String header) throws IOException {
        server.begin();
        assertThat(answer("GET / HTTP/1.0\r\n" + header))
                .startsWith("HTTP/1.1 421")
                .doesNotContain("hello");
    }

    @ParameterizedTest
    @CsvSource({"POST", "PUT", "DELETE", "OPTIONS", "nonsense"})
    void nothingButReading(String method) throws IOException {
        server.begin();
        assertThat(answer(method + " / HTTP/1.0\r\nHost: localhost\r\nContent-Length: 0"))
                .startsWith("HTTP/1.1 405")
                .containsIgnoringCase("Allow: GET, HEAD");
    }

    @Test
    void headSendsNoBody() throws IOException {
        server.begin();
        assertThat(answer("HEAD / HTTP/1.0\r\nHost: localhost"))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("Content-Length: 5\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void whoDoesNotReadIsLetGo() throws Exception {
        server.begin();
        try (Socket slow = connect()) {
            ask(slow, "GET /large HTTP/1.0\r\nHost: localhost\r\n\r\n");
            assertThat(failed.get(30, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whoDoesNotEndTheRequestIsLetGo() throws Exception {
        server.begin();
        try (Socket slow = connect()) {
            ask(slow, "GET / HT");
            assertThat(slow.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void thereIsRoomForSoManyConnections() throws Exception {
        server.begin();
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < MOST_CONNECTIONS; i++) {
                idle.add(connect());
            }
            Socket last = connect();
            idle.add(last);
            assertThat(last.getInputStream().read()).as("closed at once").isEqualTo(-1);
        } finally {
            for (Socket each : idle) {
                each.close();
            }
        }
    }

    @Test
    void aPortThatIsTakenIsSaidSo() throws IOException {
        ListenAddress taken = address(server.port());
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> LocalServer.bind("test", taken))
                .withMessageContaining("test cannot be served at 127.0.0.1:" + server.port())
                .withMessageContaining("give control.test.listen in ikebana.conf another port");
    }

    @Test
    void isClosedBeforeItHasBegun() {
        server.close();
        assertThatExceptionOfType(IOException.class).isThrownBy(this::connect);
    }

    private void sendLarge(HttpExchange exchange) throws IOException {
        try {
            new Answer(200, "application/octet-stream", new byte[LARGE]).send(exchange);
        } catch (IOException e) {
            failed.complete(e);
            throw e;
        }
    }

    private String answer(String head) throws IOException {
        try (Socket client = connect()) {
            ask(client, head + "\r\n\r\n");
            return readAll(client);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port());
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(30));
        return socket;
    }

    private static void ask(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static ListenAddress address(int port) throws IOException {
        return ListenAddress.parse("control.test.listen", "127.0.0.1:" + port, "127.0.0.1:80");
    }
}
