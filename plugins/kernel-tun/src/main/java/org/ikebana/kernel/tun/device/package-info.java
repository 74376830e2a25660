/**
 * The network interface that brings packets to be protected and takes those that came out of a tunnel.
 */
@NullMarked
package org.ikebana.kernel.tun.device;

import org.jspecify.annotations.NullMarked;
