/**
 * Threads, sockets and clocks: what joins the engine to the real world.
 */
@NullMarked
package org.ikebana.ike.service;

import org.jspecify.annotations.NullMarked;
