/** Sockets and clients: who may connect, in which order requests are served, and what becomes of a client that does not read. */
@NullMarked
package org.ikebana.vici.server;

import org.jspecify.annotations.NullMarked;
