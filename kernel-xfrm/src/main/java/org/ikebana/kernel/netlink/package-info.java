/**
 * Netlink: C structs by explicit offset, attributes, framing, sockets, requests with their acknowledgements, dumps,
 * and multicast events. Nothing of XFRM is known here.
 *
 * <p>Numbers and layouts: linux/netlink.h, linux/rtnetlink.h; man pages netlink(7), netlink(3).
 */
@NullMarked
package org.ikebana.kernel.netlink;

import org.jspecify.annotations.NullMarked;
