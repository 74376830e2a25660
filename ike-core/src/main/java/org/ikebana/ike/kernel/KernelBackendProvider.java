package org.ikebana.ike.kernel;

import java.util.Map;

/** Found with {@link java.util.ServiceLoader}. */
public interface KernelBackendProvider {
    /** {@code xfrm}, {@code tun}, {@code memory}. */
    String name();

    /** @throws KernelException when the backend cannot work on this machine, with the reason and the remedy */
    KernelBackend open(Map<String, String> options) throws KernelException;
}
