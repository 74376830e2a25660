package org.ikebana.ike.engine;

import java.util.Optional;
import org.ikebana.ike.connection.StartAction;

/** What a child is wanted to be. */
public enum DesiredState {
    /** Nothing stands, nobody asks. */
    OFF,
    /** A trap stands; the first packet brings it up. */
    ON_DEMAND,
    /** It is up, or on its way. */
    UP;

    /** Empty where the action leaves things as they are. */
    static Optional<DesiredState> of(StartAction action) {
        return switch (action) {
            case NONE -> Optional.empty();
            case TRAP -> Optional.of(ON_DEMAND);
            case START, TRAP_AND_START -> Optional.of(UP);
        };
    }
}
