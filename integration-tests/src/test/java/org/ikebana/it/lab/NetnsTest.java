package org.ikebana.it.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Its tests need network namespaces, so root on any Linux; elsewhere they are left out, loudly. */
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Tag("netns")
@ExtendWith({NetnsCondition.class, LabExtension.class})
public @interface NetnsTest {}
