/** The IKE daemons that are tested against each other, and the configuration that both kinds read. */
@NullMarked
package org.ikebana.it.peer;

import org.jspecify.annotations.NullMarked;
