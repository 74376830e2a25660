package org.ikebana.kernel.linux;

import java.io.IOException;

/** A system call failed. The message names what was tried and the error in words. */
public final class ErrnoException extends IOException {
    private final int errno;

    /**
     * @param attempt what was tried, as {@code bind to 0.0.0.0:500}
     * @param errno positive
     */
    public ErrnoException(String attempt, int errno) {
        this(attempt, errno, Errno.describe(errno));
    }

    /** @param reason what the error means in this place, instead of the general words */
    public ErrnoException(String attempt, int errno, String reason) {
        super(attempt + ": " + reason);
        this.errno = errno;
    }

    /** Of the calling thread's last system call. */
    public static ErrnoException last(String attempt) {
        return new ErrnoException(attempt, LibC.errno());
    }

    /** Returns {@code result} unless it is negative. */
    public static int check(int result, String attempt) throws ErrnoException {
        if (result < 0) {
            throw last(attempt);
        }
        return result;
    }

    public int errno() {
        return errno;
    }

    public boolean is(Errno other) {
        return errno == other.number();
    }
}
