/**
 * The messages of NETLINK_XFRM: one record a message, made of a struct and attributes.
 *
 * <p>Numbers: linux/xfrm.h.
 */
@NullMarked
package org.ikebana.kernel.xfrm.message;

import org.jspecify.annotations.NullMarked;
