/**
 * ESP packets, sealed and opened in place (RFC 4303): ciphers, sequence numbers, replay windows.
 */
@NullMarked
package org.ikebana.kernel.tun.esp;

import org.jspecify.annotations.NullMarked;
