/**
 * Routes and rules that lead traffic into the tunnel device, and fail closed without it (rtnetlink(7)).
 */
@NullMarked
package org.ikebana.kernel.tun.route;

import org.jspecify.annotations.NullMarked;
