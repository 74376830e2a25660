package org.ikebana.daemon.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ikebana.daemon.Main;

/** An {@code ikebana daemon} in a namespace, whose log the demo tells. */
final class DemoDaemon implements AutoCloseable {
    private static final long STOP_SECONDS = 20;

    private final Process process;
    private final Thread log;
    private final CountDownLatch listening = new CountDownLatch(1);
    private final CountDownLatch tunnel = new CountDownLatch(1);
    private volatile boolean ended;

    private DemoDaemon(String who, Process process, Narrator narrator) {
        this.process = process;
        this.log = Thread.ofPlatform().daemon().name("log of " + who).unstarted(() -> tell(who, narrator));
    }

    static DemoDaemon start(String who, Namespace namespace, Path config, Narrator narrator) throws IOException {
        String java = ProcessHandle.current().info().command().orElse("java");
        ProcessBuilder builder = new ProcessBuilder(namespace.inside(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "daemon",
                "--config",
                config.toString()));
        DemoDaemon daemon =
                new DemoDaemon(who, builder.redirectErrorStream(true).start(), narrator);
        daemon.log.start();
        return daemon;
    }

    /** The other end has nobody to talk to before. */
    boolean awaitListening(Duration patience) throws InterruptedException {
        return listening.await(patience.toMillis(), TimeUnit.MILLISECONDS) && !ended;
    }

    boolean awaitTunnel(Duration patience) throws InterruptedException {
        return tunnel.await(patience.toMillis(), TimeUnit.MILLISECONDS) && !ended;
    }

    /** @return whether it ended by itself and well */
    boolean stop() throws InterruptedException {
        process.toHandle().destroy(); // unlike Process.destroy() it leaves the log readable
        boolean ended = process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        log.join(Duration.ofSeconds(STOP_SECONDS));
        return ended && process.exitValue() == 0;
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }

    private void tell(String who, Narrator narrator) {
        try (BufferedReader log = process.inputReader()) {
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                narrator.say(who, line);
                if (line.contains("connections loaded")) {
                    listening.countDown();
                }
                if (line.contains("child SA") && line.contains("established")) {
                    tunnel.countDown();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally { // whoever waits for a daemon that has ended need not wait any longer
            ended = true;
            listening.countDown();
            tunnel.countDown();
        }
    }
}
