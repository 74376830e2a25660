package org.ikebana.kernel.tun.route;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;

class RouteOptionsTest {
    @Test
    void keepsToWhatIsFree() {
        assertThatNoException().isThrownBy(() -> new RouteOptions(-1, -1, 32765, 255));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RouteOptions(254, 1, 1, 201))
                .withMessage("table 254 of the tunnel's routes: choose another than 253 to 255 and 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new RouteOptions(220, 0, 1, 201));
        assertThatIllegalArgumentException().isThrownBy(() -> new RouteOptions(220, 1, 0, 201));
        assertThatIllegalArgumentException().isThrownBy(() -> new RouteOptions(220, 1, 32766, 201));
        assertThatIllegalArgumentException().isThrownBy(() -> new RouteOptions(220, 1, 1, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> new RouteOptions(220, 1, 1, 256));
    }
}
