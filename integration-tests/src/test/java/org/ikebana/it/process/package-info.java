/** Programs of the machine: run to their end, or kept running and watched. Every wait here has a bound. */
@NullMarked
package org.ikebana.it.process;

import org.jspecify.annotations.NullMarked;
