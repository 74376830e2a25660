package org.ikebana.ike.kernel;

/** Takes events on the backend's own thread: it hands them on and returns at once. */
@FunctionalInterface
public interface KernelListener {
    void onEvent(KernelEvent event);
}
