package org.ikebana.daemon.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a daemon puts into a namespace, and must take away again: devices, rules, routes, SAs and policies. */
record Leftovers(List<String> lines) {
    private static final String DEVICES = "-brief link";
    private static final List<String> TABLES =
            List.of(DEVICES, "rule", "-4 route show table all", "xfrm state", "xfrm policy list nosock");

    Leftovers {
        lines = List.copyOf(lines);
    }

    static Leftovers of(Namespace namespace) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (String table : TABLES) {
            namespace.ip(table).lines().map(line -> withoutState(table, line)).forEach(lines::add);
        }
        return new Leftovers(lines);
    }

    /** The kernel takes its time to see that the cable has been plugged in. */
    private static String withoutState(String table, String line) {
        return table.equals(DEVICES)
                ? line.replaceFirst("\\s.*", "")
                : line.replace(" linkdown", "").strip();
    }
}
