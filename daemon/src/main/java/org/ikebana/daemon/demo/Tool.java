package org.ikebana.daemon.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of the system, such as {@code ip}, for at most half a minute. */
record Tool(int status, String output) {
    private static final long LIMIT_SECONDS = 30;

    static boolean isInstalled(String program) throws IOException, InterruptedException {
        return run("sh", "-c", "command -v " + program).status == 0;
    }

    /** @throws IOException when there is no such program, or it does not end */
    static Tool run(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IOException("cannot run " + command[0] + "; apt-get install iproute2 iputils-ping", e);
        }
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " did not end");
        }
        return new Tool(process.exitValue(), output);
    }

    /** @throws IOException also when it fails, with what it said */
    static String require(String... command) throws IOException, InterruptedException {
        Tool tool = run(command);
        if (tool.status != 0) {
            throw new IOException(String.join(" ", List.of(command)) + ": " + tool.output.strip());
        }
        return tool.output;
    }
}
