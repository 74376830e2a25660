/** What another configuration changes, before it is put into effect. */
@NullMarked
package org.ikebana.config.plan;

import org.jspecify.annotations.NullMarked;
