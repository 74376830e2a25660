/** Floods of IKE_SA_INIT requests from invented addresses: what an answer costs, and how genuine peers fare meanwhile. */
@NullMarked
package org.ikebana.bench.floods;

import org.jspecify.annotations.NullMarked;
