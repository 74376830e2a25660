package org.ikebana.kernel.model;

import java.util.Optional;
import org.ikebana.ike.kernel.KernelException;

/** The error numbers of Linux that the model answers with (asm-generic/errno.h), and their words. */
public enum Errno {
    EPERM(1, "Operation not permitted"),
    ENOENT(2, "No such file or directory"),
    ESRCH(3, "No such process"),
    ENOMEM(12, "Cannot allocate memory"),
    EBUSY(16, "Device or resource busy"),
    EEXIST(17, "File exists"),
    EINVAL(22, "Invalid argument"),
    ENOSYS(38, "Function not implemented"),
    EPROTONOSUPPORT(93, "Protocol not supported"),
    ENOBUFS(105, "No buffer space available");

    private final int number;
    private final String words;

    Errno(int number, String words) {
        this.number = number;
        this.words = words;
    }

    public int number() {
        return number;
    }

    public String words() {
        return words;
    }

    /**
     * @param element what was refused
     * @param kernelText the rule that was broken, as the kernel's extended ack tells it
     */
    public KernelException refusal(Object element, String kernelText) {
        return new KernelException(element.toString(), number, words, Optional.of(kernelText));
    }
}
