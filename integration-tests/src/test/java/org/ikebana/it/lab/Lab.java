package org.ikebana.it.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ikebana.it.process.Witness;

/**
 * Owns all that one test makes: namespaces, daemons, captures, files. They are taken down in reverse order when the
 * test ends, however it ends. A test method of a {@link NetnsTest} or {@link RealKernelTest} gets one as its parameter.
 */
public final class Lab implements AutoCloseable {
    private final Path folder;
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private final Thread atExit = new Thread(this::takeDown);

    Lab() {
        try {
            folder = Files.createTempDirectory("ike");
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for the test's files", e);
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** For programs; a test gets its lab as a parameter. */
    public static Lab open() {
        return new Lab();
    }

    /** Unique among the labs of this machine. */
    public String id() {
        return folder.getFileName().toString();
    }

    /** A new folder, with a path short enough for the name of a UNIX socket in it. */
    public synchronized Path newFolder(String name) {
        try {
            return Files.createDirectory(folder.resolve(name + "-" + owned.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file of the test, or replaces it. */
    public static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
            // Whoever reads a configuration warns of secrets that others may read, and does not use such keys.
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes it over: it is closed with the lab, before all that was taken over earlier. */
    public synchronized <T extends AutoCloseable> T own(T part) {
        owned.push(part);
        return part;
    }

    /** What all parts have to say, oldest first. */
    public synchronized String account() {
        return owned.reversed().stream()
                .filter(Witness.class::isInstance)
                .map(part -> ((Witness) part).account())
                .collect(Collectors.joining("\n"));
    }

    /**
     * Takes everything down.
     *
     * @throws AssertionError if a part could not be taken down; the others are nevertheless
     */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is being stopped: the hook runs already, and this waits for it.
        }
        takeDown();
    }

    private synchronized void takeDown() {
        if (!Files.exists(folder)) {
            return;
        }
        AssertionError failure = new AssertionError("the lab was not left clean");
        while (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } catch (Exception | AssertionError e) {
                failure.addSuppressed(e);
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }
}
