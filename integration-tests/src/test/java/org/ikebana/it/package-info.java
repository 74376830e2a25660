/**
 * Ikebana against other daemons, in networks made of namespaces: over a kernel's own ESP where there is one, and first of
 * all the tests of the rig itself. A test builds its network in a {@link org.ikebana.it.lab.Lab}, starts a peer at either
 * end, and looks at the wire, the kernels and the logs.
 */
@NullMarked
package org.ikebana.it;

import org.jspecify.annotations.NullMarked;
