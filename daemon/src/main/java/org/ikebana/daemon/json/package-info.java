/** JSON for programs, as commands print it with {@code --json}. */
@NullMarked
package org.ikebana.daemon.json;

import org.jspecify.annotations.NullMarked;
