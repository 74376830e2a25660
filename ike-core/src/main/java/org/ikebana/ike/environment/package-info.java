/**
 * The outside of the sans-IO core: clock, timers, randomness, datagrams, kernel, events.
 */
@NullMarked
package org.ikebana.ike.environment;

import org.jspecify.annotations.NullMarked;
