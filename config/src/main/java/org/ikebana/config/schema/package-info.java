/**
 * What may stand in a configuration: one table of all sections and keys with their types, defaults and meaning, and
 * the check of a tree against it. The reference documentation comes from the same table.
 */
@NullMarked
package org.ikebana.config.schema;

import org.jspecify.annotations.NullMarked;
