package org.ikebana.it.net;

import java.util.List;
import java.util.stream.Stream;
import org.ikebana.it.process.Command;

/** What a daemon could leave behind in a namespace: devices, routing rules, routes, SAs and policies. */
public record Footprint(List<String> lines) {
    private static final List<String> TABLES = List.of(
            "-brief link",
            "rule",
            "-6 rule",
            "route show table all",
            "-6 route show table all",
            "xfrm state",
            "xfrm policy list nosock");

    public Footprint {
        lines = List.copyOf(lines);
    }

    public static Footprint of(Netns netns) {
        return new Footprint(
                TABLES.stream().flatMap(table -> read(netns, table)).toList());
    }

    /** Lines that were not there before. */
    public List<String> beyond(Footprint before) {
        return lines.stream().filter(line -> !before.lines.contains(line)).toList();
    }

    /** The kernel's own routes for link-local and multicast addresses come when it is done with duplicates. */
    private static Stream<String> read(Netns netns, String table) {
        return Command.of(("ip -n " + netns.name() + " " + table).split(" "))
                .run()
                .lines()
                .filter(line -> !line.contains("fe80::") && !line.contains("ff00::") && !line.startsWith("anycast"))
                .map(line -> table + ": " + line.strip());
    }
}
