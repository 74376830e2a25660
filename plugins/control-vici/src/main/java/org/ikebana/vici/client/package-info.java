/** The other end of vici, for the {@code ikebana} command. */
@NullMarked
package org.ikebana.vici.client;

import org.jspecify.annotations.NullMarked;
