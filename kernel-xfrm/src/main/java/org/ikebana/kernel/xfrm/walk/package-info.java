/**
 * What the kernel does to a packet, worked out from its databases: which policy it meets, which SAs, and where it ends. Pure
 * functions; the rules are those of net/xfrm/xfrm_policy.c and xfrm_state.c, and {@code WalkAgreesWithKernelTest} holds
 * them against the kernel.
 */
@NullMarked
package org.ikebana.kernel.xfrm.walk;

import org.jspecify.annotations.NullMarked;
