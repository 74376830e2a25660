package org.ikebana.ike.control;

import java.time.Instant;
import java.util.Map;
import org.ikebana.ike.event.Subsystem;
import org.slf4j.event.Level;

/**
 * A line of the log.
 *
 * @param context what it is about, as {@link org.ikebana.ike.event.EventContext#fields} has it
 */
public record LogEntry(Instant time, Level level, Subsystem subsystem, String text, Map<String, String> context) {}
