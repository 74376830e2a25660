package org.ikebana.vici.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ikebana.vici.command.Answer;
import org.ikebana.vici.command.Caller;
import org.ikebana.vici.command.Command;
import org.ikebana.vici.command.Commands;
import org.ikebana.vici.command.SimpleCommand;
import org.ikebana.vici.wire.Message;
import org.ikebana.vici.wire.Packet;
import org.ikebana.vici.wire.PacketType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ViciServerTest {
    private static final String EVENT = "happening";
    private static final int LARGE = 60_000;

    @TempDir
    private Path folder;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private ViciServer server;
    private SocketFile file;

    /** Streams as often as it is asked to. */
    private static final class Streaming implements Command {
        @Override
        public String name() {
            return "stream";
        }

        @Override
        public Set<String> events() {
            return Set.of("item");
        }

        @Override
        public Message run(Message request, Caller caller) throws InterruptedException {
            int count = Integer.parseInt(request.text("count").orElseThrow());
            for (int i = 0; i < count; i++) {
                caller.stream(
                        "item",
                        Message.with()
                                .put("number", i)
                                .put("x", new byte[LARGE])
                                .build());
            }
            return Answer.success();
        }
    }

    @BeforeEach
    void start() throws IOException {
        Command echo = SimpleCommand.of(
                "echo",
                request -> new Message(List.of()).equals(request)
                        ? Message.EMPTY
                        : Message.with().put("said", request.text("say")).build());
        Command broken = SimpleCommand.of("broken", request -> {
            throw new IllegalStateException("for a test");
        });
        Command waiting = SimpleCommand.of("wait", request -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return Message.EMPTY;
        });
        server = new ViciServer(new Commands(List.of(echo, broken, waiting, new Streaming())), Set.of(EVENT));
        file = new SocketFile(folder.resolve("run/vici"), 0640, Optional.empty(), Optional.empty());
        server.listen(file.listen());
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void aCommandIsAnswered() throws Exception {
        try (TestClient client = connect()) {
            assertThat(client.ask("echo", Message.with().put("say", "hello").build()))
                    .isEqualTo(
                            Packet.response(Message.with().put("said", "hello").build()));
        }
    }

    @Test
    void whatThereIsNotIsUnknown() throws Exception {
        try (TestClient client = connect()) {
            assertThat(client.ask("nothing", Message.EMPTY).type()).isEqualTo(PacketType.CMD_UNKNOWN);
            assertThat(client.register("nothing").type()).isEqualTo(PacketType.EVENT_UNKNOWN);
            assertThat(client.register(EVENT).type()).isEqualTo(PacketType.EVENT_CONFIRM);
        }
    }

    @Test
    void aDefectOfACommandIsAnAnswer() throws Exception {
        try (TestClient client = connect()) {
            assertThat(client.ask("broken", Message.EMPTY).message().text("success"))
                    .contains("no");
            assertThat(client.ask("echo", Message.EMPTY).type()).isEqualTo(PacketType.CMD_RESPONSE);
        }
    }

    @Test
    void eventsComeToWhoHasRegistered() throws Exception {
        try (TestClient client = connect();
                TestClient other = connect()) {
            client.register(EVENT);
            Message message = Message.with().put("what", "rain").build();
            server.tell(EVENT, message);
            assertThat(client.receive()).isEqualTo(Packet.event(EVENT, message));
            client.send(PacketType.EVENT_UNREGISTER, EVENT, Message.EMPTY);
            assertThat(client.receive().type()).isEqualTo(PacketType.EVENT_CONFIRM);
            server.tell(EVENT, message);
            assertThat(client.ask("echo", Message.EMPTY)).isEqualTo(Packet.response(Message.EMPTY));
            assertThat(other.ask("echo", Message.EMPTY)).isEqualTo(Packet.response(Message.EMPTY));
        }
    }

    /** More than may wait for a client, to one that reads. */
    @Test
    void aLongListIsStreamed() throws Exception {
        int count = 2 * Outgoing.LIMIT / LARGE;
        try (TestClient client = connect()) {
            client.register("item");
            client.send(
                    PacketType.CMD_REQUEST,
                    "stream",
                    Message.with().put("count", count).build());
            for (int i = 0; i < count; i++) {
                assertThat(client.receive().message().text("number")).contains(Integer.toString(i));
            }
            assertThat(client.receive()).isEqualTo(Packet.response(Answer.success()));
        }
    }

    /** And those who tell events never wait for it. */
    @Test
    void aClientThatDoesNotReadIsCutOff() throws Exception {
        try (TestClient client = connect();
                TestClient other = connect()) {
            client.register(EVENT);
            Message message = Message.with().put("x", new byte[LARGE]).build();
            long start = System.nanoTime();
            for (int i = 0; i < 4 * Outgoing.LIMIT / LARGE; i++) {
                server.tell(EVENT, message);
            }
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start))
                    .isLessThan(10);
            assertThat(client.isEnded()).isTrue();
            assertThat(other.ask("echo", Message.EMPTY).type()).isEqualTo(PacketType.CMD_RESPONSE);
        }
    }

    @Test
    void aCommandEndsWithItsClient() throws Exception {
        try (TestClient client = connect()) {
            client.send(PacketType.CMD_REQUEST, "wait", Message.EMPTY);
            begun.await();
        }
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsNoPacketEndsTheConnection() throws Exception {
        for (byte[] octets : List.of(
                new byte[] {0, 8, 0, 1, 0},
                new byte[] {-1, -1, -1, -1},
                new byte[] {0, 0, 0, 0},
                new byte[] {0, 0, 0, 1, 9},
                Packet.response(Message.EMPTY).encode())) {
            try (TestClient client = connect()) {
                client.send(octets);
                assertThat(client.isEnded()).isTrue();
            }
        }
    }

    @Test
    void soManyClientsAndNoMore() throws Exception {
        List<TestClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < ViciServer.MOST_CLIENTS; i++) {
                clients.add(connect());
                assertThat(clients.getLast().ask("echo", Message.EMPTY).type()).isEqualTo(PacketType.CMD_RESPONSE);
            }
            try (TestClient another = connect()) {
                assertThat(another.isEnded()).isTrue();
            }
        } finally {
            for (TestClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void theFileHasItsModeAndGoesAtTheEnd() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-r-----");
        server.close();
        assertThat(file.path()).doesNotExist();
    }

    @Test
    void whereADaemonAnswersThereIsNoOther() {
        assertThatThrownBy(file::listen).isInstanceOf(IOException.class).hasMessageContaining("another daemon");
        assertThat(file.path()).exists();
    }

    @Test
    void whatACrashHasLeftGivesWay() throws Exception {
        Path path = folder.resolve("left");
        try (ServerSocketChannel crashed = ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            crashed.bind(UnixDomainSocketAddress.of(path));
        }
        server.listen(new SocketFile(path, 0600, Optional.empty(), Optional.empty()).listen());
        try (TestClient client = new TestClient(UnixDomainSocketAddress.of(path))) {
            assertThat(client.ask("echo", Message.EMPTY).type()).isEqualTo(PacketType.CMD_RESPONSE);
        }
    }

    @Test
    void aFileThatIsNoSocketStays() throws IOException {
        Path path = Files.writeString(folder.resolve("precious"), "text");
        SocketFile there = new SocketFile(path, 0600, Optional.empty(), Optional.empty());
        assertThatThrownBy(there::listen).isInstanceOf(IOException.class).hasMessageContaining("no socket");
        assertThat(path).hasContent("text");
    }

    @Test
    void onTcpOnlyThisHostIsServed() throws Exception {
        ListeningSocket socket = ListeningSocket.tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.listen(socket);
        try (TestClient client = new TestClient(socket.channel().getLocalAddress())) {
            assertThat(client.ask("echo", Message.EMPTY).type()).isEqualTo(PacketType.CMD_RESPONSE);
        }
        assertThatThrownBy(() -> ListeningSocket.tcp(new InetSocketAddress("0.0.0.0", 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1");
    }

    private TestClient connect() throws IOException {
        return new TestClient(UnixDomainSocketAddress.of(file.path()));
    }
}
