/** From the tree of {@code swanctl.conf} to ike-core's configuration records, with the checks that span several keys. */
@NullMarked
package org.ikebana.config.swanctl;

import org.jspecify.annotations.NullMarked;
