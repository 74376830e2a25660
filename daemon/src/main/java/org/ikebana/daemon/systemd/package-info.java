/** The daemon as a service of systemd: sd_notify(3), sd_watchdog_enabled(3), and its journal. */
@NullMarked
package org.ikebana.daemon.systemd;

import org.jspecify.annotations.NullMarked;
