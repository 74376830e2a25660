package org.ikebana.ike.kernel;

/**
 * What the backend found it can do, by trying.
 *
 * @param esp SAs can be installed and carry traffic
 * @param espReason why not, in words; empty when {@code esp}
 * @param saDirection SAs carry a direction (Linux 6.10 and later)
 * @param description the kernel in words: {@code Linux 6.1.0, XFRM without ESP}
 */
public record KernelCapabilities(boolean esp, String espReason, boolean saDirection, String description) {}
