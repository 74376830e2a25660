/** What ESP planes in user space carry, and at what cost: Ikebana's and strongSwan's in the same run. */
@NullMarked
package org.ikebana.bench.esp;

import org.jspecify.annotations.NullMarked;
