/** Where everything is put together: the {@code ikebana} command and the daemon it runs. */
@NullMarked
package org.ikebana.daemon;

import org.jspecify.annotations.NullMarked;
