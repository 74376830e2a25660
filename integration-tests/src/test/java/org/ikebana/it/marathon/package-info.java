/** Many rekeys of one tunnel between Ikebana and strongSwan while echo requests flood it, and each lost one accounted for. */
@NullMarked
package org.ikebana.it.marathon;

import org.jspecify.annotations.NullMarked;
