package org.ikebana.config.schema;

import org.ikebana.ike.kernel.Mark;

/**
 * The value of {@code set_mark_in} and {@code set_mark_out}.
 *
 * @param isSame {@code %same}: the value, not the mask, is that of {@code mark_in} or {@code mark_out}
 */
public record SetMark(boolean isSame, Mark mark) {
    /** @param traffic {@code mark_in} or {@code mark_out} */
    public Mark with(Mark traffic) {
        return isSame ? new Mark(traffic.value() & mark.mask(), mark.mask()) : mark;
    }
}
