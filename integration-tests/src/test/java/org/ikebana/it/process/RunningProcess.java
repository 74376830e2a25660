package org.ikebana.it.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A program that runs until it is told to stop; every line it prints, on either stream, is kept. */
public final class RunningProcess implements AutoCloseable, Witness {
    private static final Duration STOP_LIMIT = Patience.seconds(60);
    private static final int LINES_IN_ACCOUNT = 80;

    private final String name;
    private final Process process;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private RunningProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.reader = Thread.ofPlatform().daemon().name(name).unstarted(this::readLines);
    }

    /** Starts it, with nothing to read; the environment is this JVM's with these variables added. */
    public static RunningProcess start(String name, List<String> command, Map<String, String> environment) {
        RunningProcess running = startListening(name, command, environment);
        try {
            running.process.getOutputStream().close();
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the input of " + name, e);
        }
    }

    /** The same, and it reads what it is {@linkplain #tell told}. */
    public static RunningProcess startListening(String name, List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            RunningProcess running = new RunningProcess(name, builder.start());
            running.reader.start();
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + String.join(" ", command), e);
        }
    }

    /** Gives it a line to read. */
    public void tell(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new AssertionError(name + " does not read '" + line + "'\n" + account(), e);
        }
    }

    /** All that was printed so far. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** How many lines were printed so far. */
    public synchronized int printed() {
        return lines.size();
    }

    /** {@link #await(int, String, Duration)} for the first such line. */
    public String await(String regex, Duration limit) {
        return await(1, regex, limit);
    }

    /**
     * Waits for the n-th line, counted from the start of the program, in which the expression is found.
     *
     * @throws AssertionError with the last lines, if it is not printed in time or the program ends before
     */
    public String await(int nth, String regex, Duration limit) {
        return await(0, nth, regex, limit);
    }

    /** The same for the first such line after the first {@code from}. */
    public String awaitAfter(int from, String regex, Duration limit) {
        return await(from, 1, regex, limit);
    }

    private synchronized String await(int from, int nth, String regex, Duration limit) {
        Pattern pattern = Pattern.compile(regex);
        long deadline = System.nanoTime() + limit.toNanos();
        int seen = 0;
        for (int next = from; ; next++) {
            while (next == lines.size()) {
                long left = deadline - System.nanoTime();
                if (ended || left <= 0) {
                    throw new AssertionError(name + (ended ? " ended" : ": no line") + " within " + limit.toSeconds()
                            + " s, waiting for line " + nth + " with '" + regex + "'\n" + account());
                }
                pause(left);
            }
            if (pattern.matcher(lines.get(next)).find() && ++seen == nth) {
                return lines.get(next);
            }
        }
    }

    /** Waits until so many further such lines have been printed. */
    public void awaitFurther(int count, String regex, Duration limit) {
        Pattern pattern = Pattern.compile(regex);
        long before =
                lines().stream().filter(line -> pattern.matcher(line).find()).count();
        await((int) before + count, regex, limit);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /**
     * Asks it to stop (SIGTERM) and waits until all it printed has been read.
     *
     * @throws AssertionError if it does not stop; it has then been killed
     */
    @Override
    public void close() {
        process.toHandle().destroy(); // Process.destroy would close the stream that is being read
        boolean obeyed = ends();
        kill();
        if (!obeyed) {
            throw new AssertionError(name + " did not stop within " + STOP_LIMIT.toSeconds() + " s\n" + account());
        }
    }

    /** Ends it without a word (SIGKILL), as a crash would. */
    public void kill() {
        process.toHandle().destroyForcibly();
        if (!ends()) {
            throw new AssertionError(name + " cannot be killed");
        }
    }

    /** The last lines it printed. */
    @Override
    public synchronized String account() {
        List<String> last = lines.subList(Math.max(0, lines.size() - LINES_IN_ACCOUNT), lines.size());
        return "----- " + name + " printed\n" + String.join("\n", last);
    }

    private boolean ends() {
        try {
            return process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS) && reader.join(STOP_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(nanos, 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + name, e);
        }
    }

    private void readLines() {
        try (BufferedReader output = process.inputReader(StandardCharsets.ISO_8859_1)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("(output ended: " + e + ")");
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }
}
