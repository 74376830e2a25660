/** Daemons that are killed at any moment, and what becomes of their tunnels. */
@NullMarked
package org.ikebana.it.kill;

import org.jspecify.annotations.NullMarked;
