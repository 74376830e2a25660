package org.ikebana.daemon.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.ikebana.kernel.linux.FileDescriptor;
import org.ikebana.kernel.linux.LibC;
import org.ikebana.kernel.linux.NativeMemory;
import org.ikebana.kernel.linux.SockaddrUn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ServiceManagerTest {
    private static final long PROCESS = 4711;

    /** What systemd has: a datagram socket with a name. */
    private record Receiver(String name, FileDescriptor socket) implements AutoCloseable {
        static Receiver at(String name) throws Exception {
            FileDescriptor socket = FileDescriptor.socket(SockaddrUn.AF_UNIX, SockaddrUn.SOCK_DGRAM, 0);
            ByteBuffer address = SockaddrUn.of(name);
            assertThat(LibC.bind(socket.number(), address, address.capacity())).isZero();
            return new Receiver(name, socket);
        }

        String next() {
            ByteBuffer data = NativeMemory.allocate(512);
            int length = (int) LibC.recvfrom(socket.number(), data, data.capacity(), 0, null, null);
            byte[] octets = new byte[length];
            data.get(octets);
            return new String(octets, StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    @Test
    void tellsWhatBecomesOfTheDaemon(@TempDir Path folder) throws Exception {
        try (Receiver systemd = Receiver.at(folder.resolve("notify").toString())) {
            ServiceManager manager = ServiceManager.of(Map.of("NOTIFY_SOCKET", systemd.name()));
            manager.ready("2 connections");
            manager.reloading(12_345_678);
            manager.stopping();

            assertThat(systemd.next()).isEqualTo("READY=1\nSTATUS=2 connections");
            assertThat(systemd.next()).isEqualTo("RELOADING=1\nMONOTONIC_USEC=12345");
            assertThat(systemd.next()).startsWith("STOPPING=1\n");
        }
    }

    @Test
    void knowsNamesThatStandForNoFile() throws Exception {
        String name = "@ikebana-test-" + ProcessHandle.current().pid();
        try (Receiver systemd = Receiver.at(name)) {
            ServiceManager.of(Map.of("NOTIFY_SOCKET", name)).ready("");

            assertThat(systemd.next()).startsWith("READY=1\n");
        }
    }

    @Test
    void isSilentWhereNobodyListens(@TempDir Path folder) {
        ServiceManager.of(Map.of()).ready("");
        ServiceManager.of(Map.of("NOTIFY_SOCKET", folder.resolve("gone").toString()))
                .ready("");
        ServiceManager nowhere = ServiceManager.of(Map.of("NOTIFY_SOCKET", "/".repeat(200)));
        nowhere.ready("");

        assertThat(nowhere.watch(() -> {})).isNotNull();
    }

    @Test
    void everyAnswerOfTheHeartIsTold(@TempDir Path folder) throws Exception {
        try (Receiver systemd = Receiver.at(folder.resolve("notify").toString());
                Watchdog watchdog = ServiceManager.of(Map.of("NOTIFY_SOCKET", systemd.name(), "WATCHDOG_USEC", "20000"))
                        .watch(() -> {})) {
            assertThat(systemd.next()).isEqualTo("WATCHDOG=1");
            assertThat(systemd.next()).isEqualTo("WATCHDOG=1");
            assertThat(watchdog).isNotNull();
        }
    }

    @Test
    void nothingIsSaidOfAHeartThatHasStopped(@TempDir Path folder) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (Receiver systemd = Receiver.at(folder.resolve("notify").toString())) {
            ServiceManager manager =
                    ServiceManager.of(Map.of("NOTIFY_SOCKET", systemd.name(), "WATCHDOG_USEC", "20000"));
            try (Watchdog watchdog = manager.watch(() -> {
                asked.countDown();
                never.await();
            })) {
                asked.await();
                manager.stopping();

                assertThat(systemd.next()).startsWith("STOPPING=1\n");
                assertThat(watchdog).isNotNull();
            }
        }
    }

    @Test
    void theWatchdogIsForTheProcessThatIsNamed() {
        assertThat(Watchdog.interval(Map.of("WATCHDOG_USEC", "30000000"), PROCESS))
                .contains(Duration.ofSeconds(30));
        assertThat(Watchdog.interval(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "4711"), PROCESS))
                .contains(Duration.ofSeconds(30));
        assertThat(Watchdog.interval(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "1"), PROCESS))
                .isEmpty();
        assertThat(Watchdog.interval(Map.of("WATCHDOG_USEC", "soon"), PROCESS)).isEmpty();
        assertThat(Watchdog.interval(Map.of("WATCHDOG_USEC", "0"), PROCESS)).isEmpty();
        assertThat(Watchdog.interval(Map.of(), PROCESS)).isEmpty();
    }
}
