package org.ikebana.kernel.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloseOnFailureTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void closesTheLatestFirstWhenNotAllWentWell() {
        assertThatThrownBy(() -> open(true)).isInstanceOf(IllegalStateException.class);
        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void leavesAllOpenForTheOwner() {
        assertThat(open(false)).isEqualTo("owner");
        assertThat(closed).isEmpty();
    }

    private String open(boolean failing) {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            opening.add("first", closed::add);
            opening.add("second", closed::add);
            if (failing) {
                throw new IllegalStateException("the third cannot be had");
            }
            return opening.succeeded("owner");
        }
    }
}
