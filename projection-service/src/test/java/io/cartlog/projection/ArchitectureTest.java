package io.cartlog.projection;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "io.cartlog.projection",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule THE_VIEW_IS_PURE =
            classes()
                    .that()
                    .resideInAPackage("..projection.view")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "org.jspecify..",
                            "..projection.view",
                            "..schemas.value",
                            "..schemas.event");

    @ArchTest
    static final ArchRule THE_VIEW_READS_NO_CLOCK =
            noClasses()
                    .that()
                    .resideInAPackage("..projection.view")
                    .should()
                    .callMethod(java.time.Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(java.util.UUID.class, "randomUUID");

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_AWS =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..projection.dynamodb")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("software.amazon..");

    @ArchTest
    static final ArchRule FOUR_PACKAGES_KNOW_KAFKA =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "..projection.intake",
                            "..projection.history",
                            "..projection.rebuild",
                            "..projection.verify")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_ROCKSDB =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..projection.history")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.rocksdb..");

    @ArchTest static final ArchRule THE_INTAKE_STANDS_ALONE = standsAlone("intake");
    @ArchTest static final ArchRule THE_STORE_STANDS_ALONE = standsAlone("dynamodb");
    @ArchTest static final ArchRule THE_HISTORY_STANDS_ALONE = standsAlone("history");
    @ArchTest static final ArchRule THE_QUERIES_STAND_ALONE = standsAlone("query");
    @ArchTest static final ArchRule THE_REBUILD_STANDS_ALONE = standsAlone("rebuild");
    @ArchTest static final ArchRule THE_PROOF_STANDS_ALONE = standsAlone("verify");

    /// Adapters know the view and never each other.
    private static ArchRule standsAlone(String name) {
        return noClasses()
                .that()
                .resideInAPackage("..projection." + name)
                .should()
                .dependOnClassesThat(
                        com.tngtech.archunit.base.DescribedPredicate.describe(
                                "are of another adapter or of the start",
                                c ->
                                        c.getPackageName().startsWith("io.cartlog.projection")
                                                && !c.getPackageName().endsWith(".view")
                                                && !c.getPackageName().endsWith("." + name)));
    }
}
