package org.ikebana.page;

import org.ikebana.ike.control.Tunnel;
import org.ikebana.ike.engine.DesiredState;

/** How a tunnel is, in one word of {@code page.js}; the worst first. */
enum Condition {
    FAILING("failing"),
    DOWN("down"),
    CONNECTING("connecting"),
    UP("up"),
    /** It comes up with traffic. */
    ON_DEMAND("on-demand"),
    /** Policies let its traffic pass in clear, as configured. */
    PASS("pass"),
    /** Policies drop its traffic, as configured. */
    DROP("drop"),
    /** Nobody wants it. */
    OFF("off");

    private final String word;

    Condition(String word) {
        this.word = word;
    }

    static Condition of(Tunnel tunnel) {
        boolean isWanted = tunnel.desired() != DesiredState.OFF;
        return switch (tunnel.state()) {
            case UP -> UP;
            case PASS -> PASS;
            case DROP -> DROP;
            case CONNECTING -> tunnel.failure().isPresent() ? FAILING : CONNECTING;
            case DOWN -> {
                if (isWanted && tunnel.failure().isPresent()) {
                    yield FAILING;
                }
                yield switch (tunnel.desired()) {
                    case UP -> DOWN;
                    case ON_DEMAND -> ON_DEMAND;
                    case OFF -> OFF;
                };
            }
        };
    }

    String word() {
        return word;
    }
}
