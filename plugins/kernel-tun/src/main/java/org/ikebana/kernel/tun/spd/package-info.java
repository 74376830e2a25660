/**
 * Which policy a packet meets (RFC 4301 4.4.1), found in a time that does not grow with their number.
 */
@NullMarked
package org.ikebana.kernel.tun.spd;

import org.jspecify.annotations.NullMarked;
