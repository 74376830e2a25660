package org.ikebana.it.process;

import java.time.Duration;

/** How long to wait before something is called missing. A bound, never a pause: what is fast stays fast. */
public final class Patience {
    /** Software emulation is that much slower than User Mode Linux or the machine itself. */
    private static final int FACTOR = "qemu".equals(System.getenv("REALKERNEL")) ? 8 : 1;

    private Patience() {}

    /** So many seconds, more where the kernel runs in emulation. */
    public static Duration seconds(int seconds) {
        return Duration.ofSeconds((long) seconds * FACTOR);
    }
}
