/** Handshakes a second, CPU a handshake and memory an SA: Ikebana's and strongSwan's responder in the same run. */
@NullMarked
package org.ikebana.bench.handshake;

import org.jspecify.annotations.NullMarked;
