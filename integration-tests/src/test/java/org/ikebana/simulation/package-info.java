/** Engines on virtual time, over modelled kernels and a network that the test rules. */
@NullMarked
package org.ikebana.simulation;

import org.jspecify.annotations.NullMarked;
