/** How SAs, connections and algorithms look in messages of vici: the keys and words are strongSwan's. */
@NullMarked
package org.ikebana.vici.report;

import org.jspecify.annotations.NullMarked;
