/** Ten thousand tunnels of one gateway: what the last ones cost beside the first, and how long commands take with all of them. */
@NullMarked
package org.ikebana.bench.tunnels;

import org.jspecify.annotations.NullMarked;
