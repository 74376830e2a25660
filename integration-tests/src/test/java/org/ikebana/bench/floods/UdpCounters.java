package org.ikebana.bench.floods;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What has come and gone by UDP in the namespace of a process ({@code /proc/net/snmp}).
 *
 * @param lost for want of room in a socket's buffer
 */
record UdpCounters(long in, long out, long lost) {
    static UdpCounters of(long pid) throws IOException {
        List<String[]> lines = Files.readAllLines(Path.of("/proc/" + pid + "/net/snmp")).stream()
                .filter(line -> line.startsWith("Udp:"))
                .map(line -> line.split(" "))
                .toList();
        List<String> names = List.of(lines.getFirst());
        String[] values = lines.getLast();
        return new UdpCounters(
                Long.parseLong(values[names.indexOf("InDatagrams")]),
                Long.parseLong(values[names.indexOf("OutDatagrams")]),
                Long.parseLong(values[names.indexOf("RcvbufErrors")]));
    }

    UdpCounters since(UdpCounters before) {
        return new UdpCounters(in - before.in, out - before.out, lost - before.lost);
    }
}
