package org.ikebana.daemon.updown;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.control.Notice;
import org.ikebana.ike.control.Subscriber;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.sa.ChildSaStatus;
import org.ikebana.ike.sa.IkeSaStatus;
import org.ikebana.ike.task.ChildSelectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the scripts of children: of each child one after the other, of several children at once. A rekey is no reason. Whoever
 * takes longer than {@link #LIMIT} is killed, with what it has started.
 */
public final class UpdownScripts implements Subscriber, AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger("ikebana.updown");
    private static final int AT_ONCE = 16;
    /** No script of ours can need more of it. */
    private static final int MOST_LINES = 100;

    private final Duration limit;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().daemon().name("updown-", 0).factory());
    private final Map<String, CompletableFuture<Void>> last = new HashMap<>();

    public UpdownScripts() {
        this(LIMIT);
    }

    UpdownScripts(Duration limit) {
        this.limit = limit;
    }

    @Override
    public boolean wants(IkeEvent event) {
        return false;
    }

    @Override
    public boolean wantsIkeSas() {
        return false;
    }

    @Override
    public boolean wantsChildSas(ChildConfig child) {
        return !child.updown().isEmpty();
    }

    @Override
    public void on(Notice notice) {
        switch (notice) {
            case Notice.ChildSaUp up -> run("up", up.ikeSa(), up.child());
            case Notice.ChildSaDown down -> run("down", down.ikeSa(), down.child());
            default -> {} // the tunnel is there as before
        }
    }

    @Override
    public void cutOff() {
        LOG.error(
                "tunnels come and go faster than their updown scripts end; no more of them are run: restart the daemon");
    }

    /** Waits for those that are running and for those that are to follow them, no longer than for two of them. */
    @Override
    public void close() {
        try {
            pending().get(2 * limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("updown scripts are ended before their time, as the daemon ends", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private synchronized CompletableFuture<Void> pending() {
        return CompletableFuture.allOf(last.values().toArray(CompletableFuture[]::new));
    }

    private synchronized void run(String verb, IkeSaStatus ikeSa, ChildSaStatus child) {
        String script = child.config().updown();
        if (script.isEmpty()) {
            return;
        }
        String tunnel = ikeSa.name().connection() + "/" + child.config().name();
        for (ChildSelectors pair : child.selectors().pairs()) {
            Map<String, String> variables = UpdownVariables.of(
                    verb, ikeSa, child, pair.local().getFirst(), pair.remote().getFirst());
            CompletableFuture<Void> before = last.getOrDefault(tunnel, CompletableFuture.completedFuture(null));
            CompletableFuture<Void> next = before.thenRunAsync(() -> run(tunnel, script, variables), threads);
            last.put(tunnel, next);
        }
        last.values().removeIf(CompletableFuture::isDone);
    }

    private void run(String tunnel, String script, Map<String, String> variables) {
        String verb = variables.getOrDefault("PLUTO_VERB", "");
        try {
            ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script).redirectErrorStream(true);
            String path = builder.environment().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
            builder.environment().clear();
            builder.environment().put("PATH", path);
            builder.environment().putAll(variables);
            Process process = builder.start();
            process.getOutputStream().close();
            Thread reader = Thread.ofVirtual().start(() -> log(tunnel, process));
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                LOG.warn(
                        "{}: the updown script for {} has not ended within {} s and is killed: make it shorter",
                        tunnel,
                        verb,
                        limit.toSeconds());
            } else if (process.exitValue() != 0) {
                LOG.warn(
                        "{}: the updown script for {} has ended with status {}: {}",
                        tunnel,
                        verb,
                        process.exitValue(),
                        script);
            } else {
                LOG.debug("{}: the updown script for {} has ended", tunnel, verb);
            }
            reader.join(Duration.ofSeconds(1));
            process.getInputStream().close(); // what it has left in the background may hold the other end
        } catch (IOException e) {
            LOG.warn("{}: the updown script for {} cannot be run: {}", tunnel, verb, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void log(String tunnel, Process process) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int count = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (++count <= MOST_LINES) {
                    LOG.info("{}: {}", tunnel, line.replaceAll("\\p{Cntrl}", "?"));
                }
            }
        } catch (IOException e) {
            LOG.trace("{}: its output has ended", tunnel, e);
        }
    }
}
