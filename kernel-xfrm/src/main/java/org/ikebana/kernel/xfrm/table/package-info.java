/**
 * The kernel's SAs, policies and counters as people want to see them: all that the kernel tells of everybody's entries,
 * where {@link org.ikebana.ike.kernel.KernelSnapshot} has what the engine needs.
 */
@NullMarked
package org.ikebana.kernel.xfrm.table;

import org.jspecify.annotations.NullMarked;
