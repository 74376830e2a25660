package org.ikebana.it.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A {@link NetnsTest} that needs Chromium; without it its tests are left out, loudly. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@NetnsTest
@ExtendWith(ChromiumCondition.class)
public @interface ChromiumTest {}
