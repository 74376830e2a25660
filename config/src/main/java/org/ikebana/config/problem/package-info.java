/** What is wrong with a configuration, where, and what to do about it. */
@NullMarked
package org.ikebana.config.problem;

import org.jspecify.annotations.NullMarked;
