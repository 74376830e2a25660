package org.ikebana.ike.service;

import java.util.Map;
import org.slf4j.MDC;

/** What a line of the log is about, in the MDC for just as long as it is logged. */
final class LogContext implements AutoCloseable {
    private final Map<String, String> fields;

    private LogContext(Map<String, String> fields) {
        this.fields = fields;
        fields.forEach(MDC::put);
    }

    static LogContext of(Map<String, String> fields) {
        return new LogContext(fields);
    }

    @Override
    public void close() {
        fields.keySet().forEach(MDC::remove);
    }
}
