/** Networks made of network namespaces, and what can be seen on their wires and in their kernels' IPsec tables. */
@NullMarked
package org.ikebana.it.net;

import org.jspecify.annotations.NullMarked;
