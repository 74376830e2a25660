package org.ikebana.it.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that ends by itself: its arguments, what it is given to read, and what to change in its environment. */
public record Command(List<String> arguments, String input, Map<String, String> environment) {
    private static final Duration LIMIT = Patience.seconds(60);

    public Command {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    public static Command of(List<String> arguments) {
        return new Command(arguments, "", Map.of());
    }

    public static Command of(String... arguments) {
        return of(Arrays.asList(arguments));
    }

    public Command reading(String text) {
        return new Command(arguments, text, environment);
    }

    public Command with(Map<String, String> variables) {
        return new Command(arguments, input, variables);
    }

    /**
     * Runs it, whatever comes out.
     *
     * @throws AssertionError if it has not ended after a minute
     */
    public Outcome tryRun() {
        try {
            return runIn(Files.createTempFile("ikebana-it-", ".in"), Files.createTempFile("ikebana-it-", ".out"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + this, e);
        }
    }

    /**
     * Runs it and gives back what it printed.
     *
     * @throws AssertionError with what it printed, unless it ends with status 0
     */
    public String run() {
        Outcome outcome = tryRun();
        if (!outcome.succeeded()) {
            throw new AssertionError(this + " ended with status " + outcome.status() + ":\n" + outcome.output());
        }
        return outcome.output();
    }

    @Override
    public String toString() {
        return String.join(" ", arguments);
    }

    /** Files for both streams: nothing can stall on a full pipe. */
    private Outcome runIn(Path in, Path out) throws IOException {
        try {
            Files.writeString(in, input);
            ProcessBuilder builder = new ProcessBuilder(arguments)
                    .redirectInput(in.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile());
            builder.environment().putAll(environment);
            int status = waitFor(builder.start());
            return new Outcome(status, Files.readString(out, StandardCharsets.ISO_8859_1));
        } finally {
            Files.delete(in);
            Files.delete(out);
        }
    }

    private int waitFor(Process process) {
        try {
            if (process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            throw new AssertionError(this + " did not end within " + LIMIT.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(this + " was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** What came of it: the exit status, and standard output and error as they came. */
    public record Outcome(int status, String output) {
        public boolean succeeded() {
            return status == 0;
        }
    }
}
