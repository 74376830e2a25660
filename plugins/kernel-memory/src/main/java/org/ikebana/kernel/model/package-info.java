/**
 * The kernel's rules about SAs and policies, in memory: what may be installed, larval SAs, ACQUIRE, limits, events. What
 * carries the packets is a {@link org.ikebana.kernel.model.DataPlane}.
 *
 * <p>RFC 4301 4.4, linux/xfrm.h.
 */
@NullMarked
package org.ikebana.kernel.model;

import org.jspecify.annotations.NullMarked;
