package io.cartlog.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "io.cartlog.service",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule WHAT_ALL_SERVICES_HAVE_KNOWS_NOTHING_OF_CARTS =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.cartlog.schemas..");

    @ArchTest
    static final ArchRule ONLY_FRESHNESS_ASKS_THE_LOG =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..service.freshness")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule ONLY_TRACING_KNOWS_OPEN_TELEMETRY =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..service.tracing")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.opentelemetry..");

    @ArchTest
    static final ArchRule NO_PACKAGE_KNOWS_ONE_THAT_KNOWS_IT =
            slices().matching("io.cartlog.service.(*)..").should().beFreeOfCycles();
}
