package org.ikebana.ike.kernel;

/** What identifies a policy in the kernel. */
public record PolicyKey(PolicySelector selector, Direction direction, Mark mark, int ifId) {}
