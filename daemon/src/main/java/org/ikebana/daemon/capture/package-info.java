/** Files of what a daemon sends and receives, for Wireshark (pcapng, draft-ietf-opsawg-pcapng). */
@NullMarked
package org.ikebana.daemon.capture;

import org.jspecify.annotations.NullMarked;
