/**
 * The structs of linux/xfrm.h, each under its C name with the offsets of its members, and nothing else. The kernel
 * promises never to change their sizes. Addresses, SPIs and ports are big-endian, everything else is in the machine's
 * order; unsigned 32-bit members are Java ints, 64-bit members longs.
 */
@NullMarked
package org.ikebana.kernel.xfrm.struct;

import org.jspecify.annotations.NullMarked;
