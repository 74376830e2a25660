package org.ikebana.it.net;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ikebana.it.process.Command;

/** The IPsec tables of a namespace's kernel, as {@code ip xfrm} shows them. */
public record IpXfrm(Netns netns) {
    private static final Pattern STATE =
            Pattern.compile("src (\\S+) dst (\\S+)\\s+proto (\\S+) spi (0x[0-9a-f]+)\\S* reqid (\\d+)"
                    + "(?s:.*?)lifetime current:\\s+(\\d+)\\(bytes\\), (\\d+)\\(packets\\)");

    private static final Pattern DIRECTION = Pattern.compile("\\sdir (in|out|fwd)\\s");

    public List<State> states() {
        return STATE.matcher(show("-s xfrm state")).results().map(State::of).toList();
    }

    /** One text a policy, without those that are bound to a socket. */
    public List<String> policies() {
        return Pattern.compile("(?m)^(?=src )")
                .splitAsStream(show("xfrm policy"))
                .filter(policy -> DIRECTION.matcher(policy).find())
                .toList();
    }

    /** Neither SA nor policy. */
    public boolean isEmpty() {
        return states().isEmpty() && policies().isEmpty();
    }

    private String show(String table) {
        return Command.of(("ip -n " + netns.name() + " " + table).split(" ")).run();
    }

    /** An SA and what it has carried. */
    public record State(
            String source, String destination, String protocol, String spi, int reqid, long bytes, long packets) {
        private static State of(MatchResult text) {
            return new State(
                    text.group(1),
                    text.group(2),
                    text.group(3),
                    text.group(4),
                    Integer.parseInt(text.group(5)),
                    Long.parseLong(text.group(6)),
                    Long.parseLong(text.group(7)));
        }
    }
}
