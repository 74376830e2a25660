package org.ikebana.ike.kernel;

/**
 * Something that a kernel may have or lack, found out by trying it.
 *
 * @param group what it belongs to: {@code protocol}, {@code algorithm}
 * @param name in the kernel's own words
 * @param reason why it is not there, with the remedy; empty when it is
 */
public record KernelFeature(String group, String name, boolean present, String reason) {
    public static KernelFeature present(String group, String name) {
        return new KernelFeature(group, name, true, "");
    }

    public static KernelFeature missing(String group, String name, String reason) {
        return new KernelFeature(group, name, false, reason);
    }
}
