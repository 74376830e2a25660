/** {@code ikebana xfrm} and {@code ikebana explain-traffic}: what the kernel does with packets, for people. */
@NullMarked
package org.ikebana.daemon.xfrm;

import org.jspecify.annotations.NullMarked;
