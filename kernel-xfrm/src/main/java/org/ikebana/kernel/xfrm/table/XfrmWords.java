package org.ikebana.kernel.xfrm.table;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The words of {@code ip xfrm} for the numbers of linux/xfrm.h; a number without a word stands for itself. */
public final class XfrmWords {
    /** IP protocol numbers that an SA may have; the last two are Mobile IPv6's. */
    private static final Map<Integer, String> PROTOCOLS =
            Map.of(50, "esp", 51, "ah", 108, "comp", 60, "hao", 43, "route2");

    private static final List<String> MODES = List.of("transport", "tunnel", "ro", "in_trigger", "beet", "iptfs");
    /** {@code XFRM_POLICY_IN} and so on; the last two are policies of one socket. */
    private static final List<String> DIRECTIONS = List.of("in", "out", "fwd", "socket in", "socket out", "socket fwd");

    private static final List<String> STATE_FLAGS =
            List.of("noecn", "decap-dscp", "nopmtudisc", "wildrecv", "icmp", "af-unspec", "align4", "esn");
    private static final List<String> EXTRA_FLAGS = List.of("dont-encap-dscp", "oseq-may-wrap");
    private static final List<String> POLICY_FLAGS = List.of("localok", "icmp", "cpu-acquire");

    private XfrmWords() {}

    public static String protocol(int number) {
        return PROTOCOLS.getOrDefault(number, Integer.toString(number));
    }

    public static String mode(int mode) {
        return word(MODES, mode);
    }

    public static String direction(int direction) {
        return word(DIRECTIONS, direction);
    }

    /** {@code XFRM_STATE_…}. */
    public static List<String> stateFlags(int flags) {
        return words(STATE_FLAGS, flags);
    }

    /** {@code XFRM_SA_XFLAG_…}. */
    public static List<String> extraFlags(int flags) {
        return words(EXTRA_FLAGS, flags);
    }

    /** {@code XFRM_POLICY_…}. */
    public static List<String> policyFlags(int flags) {
        return words(POLICY_FLAGS, flags);
    }

    private static String word(List<String> words, int number) {
        return number < words.size() ? words.get(number) : Integer.toString(number);
    }

    private static List<String> words(List<String> words, int flags) {
        return IntStream.range(0, Integer.SIZE)
                .filter(bit -> (flags >>> bit & 1) != 0)
                .mapToObj(bit -> bit < words.size() ? words.get(bit) : "0x%x".formatted(1 << bit))
                .toList();
    }
}
