/**
 * The system calls that the Linux backend is made of, and the structures they take, laid out by explicit offset under
 * their C names. 64-bit Linux (LP64) only; nothing of IKE is known here.
 *
 * <p>Man pages: socket(2), ip(7), ipv6(7), udp(7), cmsg(3), netlink(7), eventfd(2), poll(2), setns(2).
 */
@NullMarked
package org.ikebana.kernel.linux;

import org.jspecify.annotations.NullMarked;
