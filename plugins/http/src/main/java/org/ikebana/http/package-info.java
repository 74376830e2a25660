/** What plugins that serve HTTP on a socket of this host have in common. */
@NullMarked
package org.ikebana.http;

import org.jspecify.annotations.NullMarked;
