/**
 * The way of packets: from the device through policy and SA to the wire, and back.
 *
 * <p>RFC 4301 5, RFC 4303 3.
 */
@NullMarked
package org.ikebana.kernel.tun.plane;

import org.jspecify.annotations.NullMarked;
