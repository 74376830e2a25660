package org.ikebana.it.marathon;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ikebana.it.net.Netns;
import org.ikebana.it.net.TwoSites;

/** The kernel's counters of packets that IPsec has thrown away, {@code xfrm_proc}; those that are not 0. */
record Complaints(Map<String, Long> west, Map<String, Long> east) {
    private static final Pattern COUNTER = Pattern.compile("(?m)^(Xfrm\\w+)\\s+(\\d+)$");

    Complaints {
        west = Map.copyOf(west);
        east = Map.copyOf(east);
    }

    static Complaints of(TwoSites sites) {
        return new Complaints(read(sites.west().gateway()), read(sites.east().gateway()));
    }

    Complaints since(Complaints before) {
        return new Complaints(difference(before.west, west), difference(before.east, east));
    }

    boolean isEmpty() {
        return west.isEmpty() && east.isEmpty();
    }

    private static Map<String, Long> read(Netns netns) {
        Map<String, Long> counters = new TreeMap<>();
        String table = netns.exec("cat", "/proc/net/xfrm_stat").run();
        for (MatchResult counter : COUNTER.matcher(table).results().toList()) {
            counters.put(counter.group(1), Long.parseLong(counter.group(2)));
        }
        return counters;
    }

    private static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> now) {
        Map<String, Long> grown = new TreeMap<>();
        now.forEach((name, value) -> {
            long growth = value - before.getOrDefault(name, 0L);
            if (growth > 0) {
                grown.put(name, growth);
            }
        });
        return grown;
    }
}
