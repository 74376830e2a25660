/** Scripts that are run when tunnels come up or go down, as strongSwan's users have them. */
@NullMarked
package org.ikebana.daemon.updown;

import org.jspecify.annotations.NullMarked;
