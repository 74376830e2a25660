package org.ikebana.kernel.xfrm.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many packets IPsec dropped, by cause.
 *
 * @param counts by the kernel's label, in the kernel's order
 */
public record XfrmStat(Map<String, Long> counts) {
    /** Of the calling thread's network namespace; /proc/net itself is that of the process. */
    private static final Path FILE = Path.of("/proc/thread-self/net/xfrm_stat");

    /** @throws IOException when the kernel is built without CONFIG_XFRM_STATISTICS */
    public static XfrmStat read() throws IOException {
        try {
            return parse(Files.readAllLines(FILE));
        } catch (NoSuchFileException e) {
            throw new IOException("this kernel counts no IPsec errors; it is built with CONFIG_XFRM_STATISTICS", e);
        }
    }

    /** @param lines a label and a number each */
    static XfrmStat parse(List<String> lines) throws IOException {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String line : lines) {
            String[] words = line.strip().split("\\s+", -1);
            try {
                counts.put(words[0], Long.parseLong(words[words.length - 1]));
            } catch (NumberFormatException e) {
                throw new IOException("a line of " + FILE + " is no counter: " + line, e);
            }
        }
        return new XfrmStat(counts);
    }

    /** 0 where this kernel has no such counter. */
    public long count(XfrmCounter counter) {
        return counts.getOrDefault(counter.label(), 0L);
    }
}
