package org.ikebana.config;

import java.util.Map;
import org.ikebana.ike.event.Subsystem;
import org.slf4j.event.Level;

/**
 * How much is logged, and in which form.
 *
 * @param level of all that has none of its own
 * @param levels those that are given
 * @param context whether a line names what it is about
 */
public record LogSettings(Level level, Map<Subsystem, Level> levels, boolean context) {
    public static final LogSettings DEFAULT = new LogSettings(Level.INFO, Map.of(), false);

    public LogSettings {
        levels = Map.copyOf(levels);
    }

    /** Start and stop show at any level, unless they have one of their own. */
    public Level level(Subsystem subsystem) {
        Level general = subsystem == Subsystem.DAEMON && level.toInt() > Level.INFO.toInt() ? Level.INFO : level;
        return levels.getOrDefault(subsystem, general);
    }
}
