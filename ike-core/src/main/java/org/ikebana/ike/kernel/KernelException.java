package org.ikebana.ike.kernel;

import java.util.Optional;

/** The kernel refused; nothing of the update remains. The message names the element and the reason in words. */
public final class KernelException extends Exception {
    private final String element;
    private final int errno;
    private final Optional<String> kernelText;

    /**
     * @param element what was asked for, as {@code ESP SA c0ffee01 to 192.0.2.1}
     * @param errno positive, 0 where the kernel was not reached
     * @param reason errno in words, with the remedy where there is one
     * @param kernelText the kernel's own extended-ack string
     */
    public KernelException(String element, int errno, String reason, Optional<String> kernelText) {
        super(element + ": " + reason
                + kernelText.map(t -> " (the kernel says: " + t + ")").orElse(""));
        this.element = element;
        this.errno = errno;
        this.kernelText = kernelText;
    }

    /** Always there. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    public String element() {
        return element;
    }

    public int errno() {
        return errno;
    }

    public Optional<String> kernelText() {
        return kernelText;
    }
}
