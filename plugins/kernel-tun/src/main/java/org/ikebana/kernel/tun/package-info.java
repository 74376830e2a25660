/**
 * A {@link org.ikebana.ike.kernel.KernelBackend} that does ESP itself, over a TUN device: for machines whose kernel has none.
 */
@NullMarked
package org.ikebana.kernel.tun;

import org.jspecify.annotations.NullMarked;
