/** Commands to a daemon that runs, over its vici socket. */
@NullMarked
package org.ikebana.daemon.control;

import org.jspecify.annotations.NullMarked;
