package org.ikebana.ike;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Arrows between packages point down only, and nothing below {@code service} touches the real world. */
class ArchitectureTest {
    private static final String ROOT = "org.ikebana.ike.";

    /** Ground floor first. */
    private static final List<String> FLOORS = List.of(
            "wire",
            "crypto",
            "x509",
            "proposal",
            "ts",
            "kernel",
            "auth",
            "eap",
            "connection",
            "event",
            "environment",
            "revocation",
            "task",
            "sa",
            "engine",
            "control",
            "service");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.ikebana.ike");

    @Test
    void everyClassIsOnAFloor() {
        assertThat(CLASSES).hasSizeGreaterThan(100);
        classes().should().resideInAnyPackage(packages(FLOORS)).check(CLASSES);
    }

    @TestFactory
    Stream<DynamicTest> arrowsPointDown() {
        return Stream.iterate(0, floor -> floor < FLOORS.size() - 1, floor -> floor + 1)
                .map(floor -> DynamicTest.dynamicTest(
                        FLOORS.get(floor),
                        () -> noClasses()
                                .that()
                                .resideInAPackage(ROOT + FLOORS.get(floor) + "..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(packages(FLOORS.subList(floor + 1, FLOORS.size())))
                                .allowEmptyShould(true)
                                .check(CLASSES)));
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theCoreStartsNoThread() {
        belowService()
                .should()
                .dependOnClassesThat(describe("threads", ArchitectureTest::isThread))
                .check(CLASSES);
    }

    @Test
    void theCoreReadsNoClock() {
        belowService().should().callMethod(System.class, "nanoTime").check(CLASSES);
        belowService().should().callMethod(System.class, "currentTimeMillis").check(CLASSES);
        belowService().should().callMethod(Instant.class, "now").check(CLASSES);
        belowService().should().callMethod(Clock.class, "systemUTC").check(CLASSES);
        belowService().should().callMethod(Clock.class, "systemDefaultZone").check(CLASSES);
    }

    @Test
    void theCoreOpensNoSocket() {
        belowService()
                .should()
                .dependOnClassesThat(describe("sockets and channels", ArchitectureTest::isSocket))
                .check(CLASSES);
    }

    private static GivenClassesConjunction belowService() {
        return noClasses().that(resideInAnyPackage(packages(FLOORS.subList(0, FLOORS.size() - 1))));
    }

    private static boolean isThread(JavaClass type) {
        return type.isEquivalentTo(Thread.class)
                || type.isAssignableTo(Executor.class)
                || type.isEquivalentTo(Executors.class)
                || type.isEquivalentTo(Timer.class);
    }

    private static boolean isSocket(JavaClass type) {
        return type.getPackageName().startsWith("java.nio.channels")
                || type.isAssignableTo(Socket.class)
                || type.isAssignableTo(ServerSocket.class)
                || type.isAssignableTo(DatagramSocket.class)
                || type.isAssignableTo(URLConnection.class);
    }

    private static String[] packages(List<String> floors) {
        return floors.stream().map(floor -> ROOT + floor + "..").toArray(String[]::new);
    }
}
