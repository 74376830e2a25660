/** What the daemon's log looks like, how much there is of it, and its last lines. */
@NullMarked
package org.ikebana.daemon.log;

import org.jspecify.annotations.NullMarked;
