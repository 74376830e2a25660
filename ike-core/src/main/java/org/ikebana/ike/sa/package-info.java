/**
 * IKE SAs and child SAs: where each stands, its message window, its keys, its timers.
 *
 * <p>RFC 7296 section 2, RFC 7383, RFC 9242, RFC 9370.
 */
@NullMarked
package org.ikebana.ike.sa;

import org.jspecify.annotations.NullMarked;
