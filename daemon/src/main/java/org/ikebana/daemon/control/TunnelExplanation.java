package org.ikebana.daemon.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ikebana.daemon.text.Amounts;

/** What to know of a tunnel that is not up, and what to do. */
final class TunnelExplanation {
    /** {@code FILE:LINE:COLUMN}, as places of the configuration are written. */
    private static final Pattern PLACE = Pattern.compile("(.+?):([0-9]+)(:[0-9]+)?");

    private TunnelExplanation() {}

    static String of(TunnelStatus tunnel) {
        List<String> lines = new ArrayList<>();
        lines.add(tunnel.name() + " is " + state(tunnel));
        tunnel.told().text("failure").ifPresent(sentence -> {
            lines.add("  what happened"
                    + tunnel.time("failure-age")
                            .map(age -> ", " + Amounts.time(age) + " ago")
                            .orElse("") + ":");
            tunnel.told().list("failure-details").forEach(detail -> lines.add("    " + detail));
            tunnel.told().text("failure-place").ifPresent(place -> {
                lines.add("  look at " + place);
                line(place).ifPresent(text -> lines.add("    " + text.strip()));
            });
            tunnel.told().text("failure-question").ifPresent(question -> lines.add("  ask the other side " + question));
            tunnel.time("retry-time").ifPresent(in -> lines.add("  the next attempt is in " + Amounts.time(in)));
        });
        return String.join(System.lineSeparator(), lines);
    }

    private static String state(TunnelStatus tunnel) {
        if (tunnel.isUp()) {
            return "up";
        }
        return switch (tunnel.told().text("desired").orElse("")) {
            case "up" -> tunnel.state() + ", though it is to be up";
            case "on-demand" -> "down until there is traffic for it";
            default -> "down, as nobody wants it: 'ikebana up " + tunnel.name() + "', or start_action";
        };
    }

    /** Of the configuration, where it can be read by whoever asks. */
    private static Optional<String> line(String place) {
        Matcher matcher = PLACE.matcher(place);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(Path.of(matcher.group(1)));
            int number = Integer.parseInt(matcher.group(2));
            return number >= 1 && number <= lines.size() ? Optional.of(lines.get(number - 1)) : Optional.empty();
        } catch (IOException | InvalidPathException unreadable) {
            return Optional.empty(); // the place is said all the same
        }
    }
}
