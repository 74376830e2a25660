/** How figures are written for people. */
@NullMarked
package org.ikebana.daemon.text;

import org.jspecify.annotations.NullMarked;
