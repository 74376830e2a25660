/**
 * Test material of other projects: where it lies, and readers of its JSON files and captures. The tests that need it
 * are skipped, with one loud line, where it is absent.
 */
@NullMarked
package org.ikebana.ike.corpus;

import org.jspecify.annotations.NullMarked;
