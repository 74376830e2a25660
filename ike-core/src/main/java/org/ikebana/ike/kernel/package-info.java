/**
 * The {@link org.ikebana.ike.kernel.KernelBackend} SPI: where SAs and policies are installed, and where the UDP
 * sockets come from. Nothing of netlink is known here.
 *
 * <p>RFC 4301 4.4.
 */
@NullMarked
package org.ikebana.ike.kernel;

import org.jspecify.annotations.NullMarked;
