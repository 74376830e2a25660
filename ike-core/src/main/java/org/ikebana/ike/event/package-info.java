/**
 * What happened, as data: what the log, metrics, control interfaces and tests see.
 */
@NullMarked
package org.ikebana.ike.event;

import org.jspecify.annotations.NullMarked;
