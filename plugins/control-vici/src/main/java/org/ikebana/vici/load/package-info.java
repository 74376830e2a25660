/** What clients bring: connections, credentials and CAs, read by the table and the checks that files go through. */
@NullMarked
package org.ikebana.vici.load;

import org.jspecify.annotations.NullMarked;
