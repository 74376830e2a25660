package org.ikebana.daemon.xfrm;

import java.io.IOException;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;

/** What the kernel did not tell, and what to do about it. */
final class UnreadableKernelException extends Exception {
    UnreadableKernelException(IOException cause) {
        super(text(cause), cause);
    }

    private static String text(IOException cause) {
        return cause instanceof ErrnoException e && (e.is(Errno.EPERM) || e.is(Errno.EACCES))
                ? "the kernel shows its IPsec databases to root alone: run it with sudo, or with CAP_NET_ADMIN"
                : String.valueOf(cause.getMessage());
    }
}
