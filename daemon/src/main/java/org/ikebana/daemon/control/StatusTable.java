package org.ikebana.daemon.control;

import java.util.ArrayList;
import java.util.List;
import org.ikebana.daemon.text.Amounts;
import picocli.CommandLine.Help.Ansi;

/** One line a tunnel. */
record StatusTable(Ansi ansi) {
    private static final List<String> HEADER = List.of("TUNNEL", "STATE", "FOR", "IN", "OUT", "REKEY IN");
    private static final int STATE = 1;

    String text(List<TunnelStatus> tunnels) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        tunnels.forEach(tunnel -> rows.add(cells(tunnel)));
        int[] widths = new int[HEADER.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder(line(rows.getFirst(), widths, "bold"));
        for (int i = 0; i < tunnels.size(); i++) {
            text.append(System.lineSeparator());
            text.append(
                    (line(rows.get(i + 1), widths, colour(tunnels.get(i))) + failure(tunnels.get(i))).stripTrailing());
        }
        return text.toString();
    }

    private static List<String> cells(TunnelStatus tunnel) {
        return List.of(
                tunnel.name(),
                tunnel.state(),
                tunnel.time("established").map(Amounts::time).orElse("-"),
                tunnel.number("bytes-in").map(Amounts::octets).orElse("-"),
                tunnel.number("bytes-out").map(Amounts::octets).orElse("-"),
                tunnel.time("rekey-time").map(Amounts::time).orElse("-"));
    }

    /** {@code no common IKE proposal: ... (swanctl.conf:12:5); 5 s ago, again in 7 s}. */
    private static String failure(TunnelStatus tunnel) {
        return tunnel.told()
                .text("failure")
                .map(sentence -> "  " + sentence
                        + tunnel.told()
                                .text("failure-place")
                                .map(place -> " (" + place + ")")
                                .orElse("")
                        + tunnel.time("failure-age")
                                .map(age -> "; " + Amounts.time(age) + " ago")
                                .orElse("")
                        + tunnel.time("retry-time")
                                .map(in -> ", again in " + Amounts.time(in))
                                .orElse(""))
                .orElse("");
    }

    private String line(List<String> cells, int[] widths, String style) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i) + " ".repeat(widths[i] - cells.get(i).length());
            boolean coloured = style.equals("bold") || i == STATE;
            line.append(i == 0 ? "" : "  ").append(coloured ? styled(cell, style) : cell);
        }
        return line.toString();
    }

    private String styled(String cell, String style) {
        return ansi.enabled() ? ansi.new Text("@|" + style + " " + cell + "|@").toString() : cell;
    }

    private static String colour(TunnelStatus tunnel) {
        if (tunnel.isUp()) {
            return "green";
        }
        return tunnel.isMissing() ? "red" : "yellow";
    }
}
