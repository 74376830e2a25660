package org.ikebana.kernel.tun;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ikebana.ike.kernel.KernelException;

/**
 * What {@code ikebana.conf} says of the backend {@code tun}.
 *
 * @param name of the device, {@code %d} standing for the first free number
 * @param mtu of the device, in octets
 * @param table the routing table that holds the protected prefixes, and the preference of the rules that lead there
 * @param mark that IKE and ESP bear so that they are not led into the device themselves
 * @param workers threads a direction
 */
record TunOptions(String name, int mtu, int table, int mark, int workers) {
    private static final int MIN_MTU = 1280;
    private static final int MAX_MTU = 65_535;
    private static final int MAX_WORKERS = 64;
    private static final Set<String> NAMES = Set.of("name", "mtu", "table", "mark", "workers");

    static TunOptions of(Map<String, String> options) throws KernelException {
        Set<String> unknown = new TreeSet<>(options.keySet());
        unknown.removeAll(NAMES);
        if (!unknown.isEmpty()) {
            throw refusal(unknown.toString(), "there is no such option: use " + new TreeSet<>(NAMES));
        }
        int cores = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MAX_WORKERS);
        return new TunOptions(
                name(options.getOrDefault("name", "ikebana%d")),
                number(options, "mtu", 1400, MIN_MTU, MAX_MTU),
                number(options, "table", 220, 1, Integer.MAX_VALUE),
                number(options, "mark", 0x1bea, 1, Integer.MAX_VALUE),
                number(options, "workers", cores, 1, MAX_WORKERS));
    }

    private static String name(String name) throws KernelException {
        if (!name.matches("[A-Za-z0-9_.-]{1,13}(%d)?")) {
            throw refusal("name", "'" + name + "' names no device: up to 13 letters, digits, '_', '.', '-', then %d");
        }
        return name;
    }

    private static int number(Map<String, String> options, String name, int otherwise, int least, int most)
            throws KernelException {
        String text = options.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.decode(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw refusal(name, "'" + text + "' is no number");
        }
        throw refusal(name, "give a number from %d to %d, not %s".formatted(least, most, text));
    }

    private static KernelException refusal(String option, String reason) {
        return new KernelException("option " + option + " of kernel = tun", 0, reason, Optional.empty());
    }
}
