/** {@code ikebana pki}: one class a subcommand, in the manner of strongSwan's {@code pki}. */
@NullMarked
package org.ikebana.daemon.pki;

import org.jspecify.annotations.NullMarked;
