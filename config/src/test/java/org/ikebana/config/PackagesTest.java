package org.ikebana.config;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Arrows between the packages point down only. */
class PackagesTest {
    @Test
    void dependDownwards() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.ikebana.config");
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("plan")
                .definedBy("org.ikebana.config.plan")
                .layer("loader")
                .definedBy("org.ikebana.config")
                .layer("swanctl")
                .definedBy("org.ikebana.config.swanctl")
                .layer("credential")
                .definedBy("org.ikebana.config.credential")
                .layer("token")
                .definedBy("org.ikebana.config.token")
                .layer("schema")
                .definedBy("org.ikebana.config.schema")
                .layer("syntax")
                .definedBy("org.ikebana.config.syntax")
                .layer("problem")
                .definedBy("org.ikebana.config.problem")
                .whereLayer("plan")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("loader")
                .mayOnlyBeAccessedByLayers("plan")
                .whereLayer("swanctl")
                .mayOnlyBeAccessedByLayers("plan", "loader")
                .whereLayer("credential")
                .mayOnlyBeAccessedByLayers("loader", "swanctl")
                .whereLayer("schema")
                .mayOnlyBeAccessedByLayers("plan", "loader", "swanctl")
                .whereLayer("token")
                .mayOnlyBeAccessedByLayers("loader", "swanctl", "credential", "schema")
                .whereLayer("syntax")
                .mayOnlyBeAccessedByLayers("loader", "swanctl", "credential", "schema")
                .check(classes);
    }
}
