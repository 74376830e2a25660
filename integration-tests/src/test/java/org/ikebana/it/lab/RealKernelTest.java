package org.ikebana.it.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Its tests need a kernel with ESP, and root. {@code integration-tests/rig/in-real-kernel} boots one and runs them in
 * it; on a kernel without ESP they are left out, loudly.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("realkernel")
@ExtendWith({EspCondition.class, LabExtension.class})
public @interface RealKernelTest {}
