/**
 * The UDP sockets of IKE on Linux.
 *
 * <p>RFC 7296 2 and 2.23, RFC 3948.
 */
@NullMarked
package org.ikebana.kernel.udp;

import org.jspecify.annotations.NullMarked;
