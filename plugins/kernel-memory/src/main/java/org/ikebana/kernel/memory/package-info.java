/**
 * A {@link org.ikebana.ike.kernel.KernelBackend} that is a model in memory of what Linux does with SAs and policies:
 * same errors, same events, same choice of SA, so that tests and the simulation meet a kernel's rules without one.
 * Packets are data: {@link org.ikebana.kernel.memory.MemoryKernel#packetOut} says what becomes of one.
 *
 * <p>RFC 4301 (SAD, SPD), RFC 4303 3.4.3 (replay), RFC 3948 (ESP in UDP); linux/xfrm.h.
 */
@NullMarked
package org.ikebana.kernel.memory;

import org.jspecify.annotations.NullMarked;
