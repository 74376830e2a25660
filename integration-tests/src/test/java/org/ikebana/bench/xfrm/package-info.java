/** How fast the kernel's IPsec databases are filled, listed and emptied: this program beside {@code ip -batch}. */
@NullMarked
package org.ikebana.bench.xfrm;

import org.jspecify.annotations.NullMarked;
