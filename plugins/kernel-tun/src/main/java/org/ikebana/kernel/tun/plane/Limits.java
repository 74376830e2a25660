package org.ikebana.kernel.tun.plane;

import org.ikebana.kernel.model.CompleteSa;
import org.ikebana.kernel.model.KernelModel;

/** Limits by bytes and packets, looked at before each packet or super-packet. */
final class Limits {
    private final KernelModel model;

    Limits(KernelModel model) {
        this.model = model;
    }

    /** False, and the SA is gone, where a hard limit is reached. */
    boolean letPass(CompleteSa sa) {
        return switch (sa.limitReached()) {
            case NONE -> true;
            case SOFT -> {
                if (!sa.isDying()) {
                    warn(sa);
                }
                yield true;
            }
            case HARD -> {
                end(sa);
                yield false;
            }
        };
    }

    private void warn(CompleteSa sa) {
        model.locked((state, acquires) -> {
            if (state.sas().contains(sa)) {
                state.lifecycle().warn(sa);
            }
            return true;
        });
    }

    private void end(CompleteSa sa) {
        model.locked((state, acquires) -> {
            if (state.sas().contains(sa)) {
                state.lifecycle().endByLimit(sa);
            }
            return true;
        });
    }
}
