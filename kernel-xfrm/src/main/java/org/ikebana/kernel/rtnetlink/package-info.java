/**
 * Messages of NETLINK_ROUTE about interfaces, addresses, routes and rules, laid out by explicit offset.
 *
 * <p>Numbers and layouts: linux/rtnetlink.h, if_link.h, if_addr.h, fib_rules.h; man page rtnetlink(7). Members are in the
 * machine's byte order, addresses most significant octet first.
 */
@NullMarked
package org.ikebana.kernel.rtnetlink;

import org.jspecify.annotations.NullMarked;
