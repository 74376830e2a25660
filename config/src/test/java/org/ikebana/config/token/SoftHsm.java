package org.ikebana.config.token;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A token of SoftHSM in a folder, which the tools of OpenSC write to. The library is loaded once in a process. */
final class SoftHsm {
    static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");
    static final String PIN = "4711";

    private final Path folder;

    private SoftHsm(Path folder) {
        this.folder = folder;
    }

    /** Skips the test, loudly, where SoftHSM is not installed. */
    static void require() {
        if (!Files.exists(LIBRARY) || !Files.isExecutable(Path.of("/usr/bin/pkcs11-tool"))) {
            System.out.println("SKIPPED: tests with a token: apt-get install softhsm2 opensc");
            Assumptions.abort("SoftHSM or pkcs11-tool is not installed");
        }
    }

    /** Where tokens are kept; this process's library learns it, as the tools do, from its environment. */
    static SoftHsm in(Path folder) throws IOException {
        var tokens = new SoftHsm(folder);
        Files.createDirectory(folder.resolve("tokens"));
        Files.writeString(
                tokens.conf(), "directories.tokendir = " + folder.resolve("tokens") + "\nobjectstore.backend = file\n");
        setEnvironment("SOFTHSM2_CONF", tokens.conf().toString());
        return tokens;
    }

    void create(String label) throws IOException, InterruptedException {
        run("softhsm2-util", "--init-token", "--free", "--label", label, "--so-pin", "0815", "--pin", PIN);
    }

    private Path conf() {
        return folder.resolve("softhsm2.conf");
    }

    private static void setEnvironment(String name, String value) {
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            int status = (int) linker.downcallHandle(
                            linker.defaultLookup().find("setenv").orElseThrow(),
                            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT))
                    .invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
            Assertions.assertThat(status).isZero();
        } catch (Throwable e) {
            throw new AssertionError("setenv cannot be called", e);
        }
    }

    String tool(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("pkcs11-tool", "--module", LIBRARY.toString()));
        line.addAll(List.of(arguments));
        return run(line.toArray(String[]::new));
    }

    private String run(String... line) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("SOFTHSM2_CONF", conf().toString());
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", line) + ": " + printed);
        }
        return printed;
    }
}
