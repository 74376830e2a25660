/** {@code ikebana plan}: what a reload would do. */
@NullMarked
package org.ikebana.daemon.plan;

import org.jspecify.annotations.NullMarked;
