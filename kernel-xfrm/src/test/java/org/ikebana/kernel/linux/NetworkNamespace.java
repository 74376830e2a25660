package org.ikebana.kernel.linux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A network namespace without a name, on a thread of its own: sockets, threads and processes started from there belong
 * to it, and it goes when they are gone. Its loopback interface is up.
 */
public final class NetworkNamespace {
    private static final int CLONE_NEWNET = 0x40000000;
    private static final long BODY_SECONDS = 60;
    private static final long COMMAND_SECONDS = 10;

    /** What runs inside. */
    @FunctionalInterface
    public interface Body {
        void run() throws Exception;
    }

    private NetworkNamespace() {}

    /** Runs the body inside, and fails as it does. Without root the calling test is skipped, loudly. */
    public static void run(Body body) throws Exception {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            if (LibC.unshare(CLONE_NEWNET) < 0) {
                return false;
            }
            command("ip link set lo up");
            body.run();
            return true;
        });
        Thread.ofPlatform().name("network-namespace").daemon().start(task);
        try {
            if (!task.get(BODY_SECONDS, TimeUnit.SECONDS)) {
                skip("a network namespace could not be made; run it as root to have it");
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Moves the calling thread into a namespace until it closes its visit. Without root the calling test is skipped, loudly. */
    public static Visit enter() throws IOException, InterruptedException {
        FileDescriptor before = FileDescriptor.open("/proc/thread-self/ns/net");
        if (LibC.unshare(CLONE_NEWNET) < 0) {
            before.close();
            skip("a network namespace could not be made; run it as root to have it");
        }
        Visit visit = new Visit(before);
        command("ip link set lo up");
        return visit;
    }

    /** Adds an IPv6 address and waits until it can be used. */
    public static void addIpv6(String address, String device) throws IOException, InterruptedException {
        command("ip addr add " + address + " dev " + device + " nodad");
        awaitIpv6(device, address.replaceFirst("/.*", ""));
    }

    /**
     * Waits until IPv6 addresses can be used: even without duplicate address detection the kernel makes them ready, and
     * their routes, some time after they were added.
     */
    public static void awaitIpv6(String device, String... addresses) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(COMMAND_SECONDS);
        while (!command("ip -6 addr show dev " + device + " tentative").isBlank() || !haveRoutes(addresses)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(
                        String.join(", ", addresses) + " on " + device + " stays tentative, or without a route");
            }
            Thread.onSpinWait();
        }
    }

    private static boolean haveRoutes(String... addresses) throws IOException, InterruptedException {
        String routes = command("ip -6 route show table local");
        return Stream.of(addresses).allMatch(address -> routes.contains("local " + address + " dev"));
    }

    /** Runs a command in the calling thread's namespace and returns what it printed. */
    @SuppressWarnings("StringSplitter") // no command here has empty words
    public static String command(String line) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(line.split(" ")).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output;
        // Closed here: the thread that waits for the end of processes would do it while a test counts descriptors.
        try (InputStream printed = process.getInputStream()) {
            output = new String(printed.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("'%s' failed: %s".formatted(line, output));
        }
        return output;
    }

    /** Says in one line that cannot be missed that the running test is left out. */
    public static void skip(String why) {
        String caller = StackWalker.getInstance()
                .walk(frames -> frames.filter(f -> f.getClassName().endsWith("Test"))
                        .findFirst()
                        .map(f -> f.getClassName() + "." + f.getMethodName())
                        .orElse("a test"));
        System.out.println("SKIPPED: " + caller + ": " + why);
        Assumptions.abort(why);
    }

    /** To be closed on the thread that made it. */
    public static final class Visit implements AutoCloseable {
        private final FileDescriptor before;

        private Visit(FileDescriptor before) {
            this.before = before;
        }

        @Override
        public void close() {
            int result = LibC.setns(before.number(), CLONE_NEWNET);
            int errno = LibC.errno();
            before.close();
            if (result < 0) {
                throw new IllegalStateException("The thread cannot go back: " + Errno.describe(errno));
            }
        }
    }
}
