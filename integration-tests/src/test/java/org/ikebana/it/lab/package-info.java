/** What one test builds and leaves behind: nothing. The {@link org.ikebana.it.lab.Lab} and its JUnit annotations. */
@NullMarked
package org.ikebana.it.lab;

import org.jspecify.annotations.NullMarked;
