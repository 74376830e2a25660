package org.ikebana.bench.xfrm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** {@code ip -batch}; its start is part of the time, as nothing is done without it. */
record IpBatch(Path folder) implements Contestant {
    private static final long LIMIT_MINUTES = 15;

    @Override
    public String name() {
        return "ip -batch";
    }

    @Override
    public List<Operation> operations(Table table, int count) throws IOException {
        String what = table == Table.POLICIES ? "policy" : "state";
        Work add = batch(count, table == Table.POLICIES ? IpBatch::addPolicy : IpBatch::addState);
        Work delete = batch(count, table == Table.POLICIES ? IpBatch::deletePolicy : IpBatch::deleteState);
        Work list = batch(1, i -> "xfrm " + what + " list");
        return List.of(
                new Operation("add", count, add),
                new Operation("list", count, list),
                new Operation("delete", 0, delete),
                new Operation("add again", count, add),
                new Operation("flush", 0, batch(1, i -> "xfrm " + what + " flush")));
    }

    private static String addPolicy(int i) {
        return "xfrm policy add " + Entries.selectorWords(i) + " dir out priority 1000 tmpl " + Entries.ENDS
                + " proto esp reqid " + i + " mode tunnel";
    }

    private static String deletePolicy(int i) {
        return "xfrm policy delete " + Entries.selectorWords(i) + " dir out";
    }

    private static String addState(int i) {
        return "xfrm state add " + Entries.ENDS + " proto esp spi " + (Entries.FIRST_SPI + i) + " reqid " + i
                + " mode tunnel flag af-unspec aead rfc4106(gcm(aes)) 0x" + Entries.keyHex() + " 128";
    }

    private static String deleteState(int i) {
        return "xfrm state delete " + Entries.ENDS + " proto esp spi " + (Entries.FIRST_SPI + i);
    }

    private Work batch(int count, IntFunction<String> line) throws IOException {
        Path file = Files.createTempFile(folder, "commands", ".ip");
        Files.write(file, IntStream.range(0, count).mapToObj(line).toList());
        return () -> run(file);
    }

    private static void run(Path file) throws IOException, InterruptedException {
        Process ip = new ProcessBuilder("ip", "-batch", file.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (!ip.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) || ip.exitValue() != 0) {
                throw new IOException("ip -batch " + file + " failed");
            }
        } finally {
            ip.destroyForcibly();
        }
    }
}
