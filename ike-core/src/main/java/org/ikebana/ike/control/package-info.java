/**
 * The SPI of plugins that let people and programs watch and steer the daemon: vici, metrics, status pages.
 */
@NullMarked
package org.ikebana.ike.control;

import org.jspecify.annotations.NullMarked;
