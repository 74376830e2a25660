/** What clients that have asked for it are told by the daemon's own accord. */
@NullMarked
package org.ikebana.vici.event;

import org.jspecify.annotations.NullMarked;
