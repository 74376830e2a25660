/** Measurements of the whole and of its parts, each with a yardstick beside it; to be run by hand. */
@NullMarked
package org.ikebana.bench;

import org.jspecify.annotations.NullMarked;
