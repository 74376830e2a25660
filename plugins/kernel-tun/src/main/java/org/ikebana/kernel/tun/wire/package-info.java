/**
 * The sockets on which ESP travels, raw (RFC 4303) or in UDP beside IKE (RFC 3948).
 */
@NullMarked
package org.ikebana.kernel.tun.wire;

import org.jspecify.annotations.NullMarked;
