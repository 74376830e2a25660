/** Many peers whose certificates cannot be looked up, and what becomes of the others meanwhile. */
@NullMarked
package org.ikebana.it.crowd;

import org.jspecify.annotations.NullMarked;
