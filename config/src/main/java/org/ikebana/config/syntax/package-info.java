/**
 * The syntax of {@code swanctl.conf}: sections, settings, references to sections, included files; as a tree in which
 * everything knows its place. Nothing here knows what a key means.
 */
@NullMarked
package org.ikebana.config.syntax;

import org.jspecify.annotations.NullMarked;
