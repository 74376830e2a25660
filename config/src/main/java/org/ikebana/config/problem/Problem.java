package org.ikebana.config.problem;

import java.util.Optional;
import org.ikebana.ike.connection.SourceRef;

/**
 * One thing that is wrong or remarkable. Neither text ever holds a secret.
 *
 * @param place line 0 where a whole file is meant
 * @param suggestion the remedy, or the key that was probably meant
 */
public record Problem(SourceRef place, String message, Optional<String> suggestion) {
    /** {@code file:line:column: what is wrong; the remedy}. */
    @Override
    public String toString() {
        var text = new StringBuilder(place.file());
        if (place.line() > 0) {
            text.append(':').append(place.line()).append(':').append(place.column());
        }
        text.append(": ").append(message);
        suggestion.ifPresent(remedy -> text.append("; ").append(remedy));
        return text.toString();
    }
}
