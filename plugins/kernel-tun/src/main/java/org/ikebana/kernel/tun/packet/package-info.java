/**
 * IPv4 and IPv6 packets as they lie in memory: headers, checksums, fragments, ICMP errors.
 */
@NullMarked
package org.ikebana.kernel.tun.packet;

import org.jspecify.annotations.NullMarked;
