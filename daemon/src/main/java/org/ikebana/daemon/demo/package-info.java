/** {@code ikebana demo}: a whole tunnel on one machine, step by step. */
@NullMarked
package org.ikebana.daemon.demo;

import org.jspecify.annotations.NullMarked;
