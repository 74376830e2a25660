/** How figures are written for people, and where what they write is found. */
@NullMarked
package org.ikebana.daemon.text;

import org.jspecify.annotations.NullMarked;
