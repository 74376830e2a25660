/** An attacker on the wire between two ends of a tunnel, who sees every packet and sends whatever there is to send. */
@NullMarked
package org.ikebana.hostile;

import org.jspecify.annotations.NullMarked;
