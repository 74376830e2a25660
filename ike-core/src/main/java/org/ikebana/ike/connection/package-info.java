/**
 * What the configuration asks for, checked and typed: connections, their children, and how to retry.
 */
@NullMarked
package org.ikebana.ike.connection;

import org.jspecify.annotations.NullMarked;
