/**
 * The {@link org.ikebana.ike.kernel.KernelBackend} on Linux's own IPsec, by NETLINK_XFRM: SAs and policies of IKE turned
 * into messages, updates with undo, the kernel's events turned into ours, and errors in words.
 *
 * <p>RFC 4301 4.4; linux/xfrm.h; ip-xfrm(8).
 */
@NullMarked
package org.ikebana.kernel.xfrm;

import org.jspecify.annotations.NullMarked;
