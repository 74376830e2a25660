/** Packets and messages of vici on the wire: strict about what comes in, and nothing that a client sends makes them grow. */
@NullMarked
package org.ikebana.vici.wire;

import org.jspecify.annotations.NullMarked;
