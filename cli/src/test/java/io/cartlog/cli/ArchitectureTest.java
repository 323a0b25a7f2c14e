package io.cartlog.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.cartlog.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule SHOPPERS_ARE_PURE =
            classes()
                    .that()
                    .resideInAPackage("..cli.shop")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "org.jspecify..",
                            "..cli.shop",
                            "..schemas.click",
                            "..schemas.value",
                            "..schemas.command");

    @ArchTest
    static final ArchRule THE_FILE_KNOWS_CSV_ONLY =
            classes()
                    .that()
                    .resideInAPackage("..cli.retail")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "org.jspecify..",
                            "de.siegmar.fastcsv..",
                            "..cli.retail",
                            "..schemas.value");

    @ArchTest
    static final ArchRule THE_CART_TABLES_FILE_KNOWS_CSV_AND_JSON_ONLY =
            classes()
                    .that()
                    .resideInAPackage("..cli.cart")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "org.jspecify..",
                            "de.siegmar.fastcsv..",
                            "tools.jackson..",
                            "..cli.cart",
                            "..cli.retail",
                            "..schemas.value");

    @ArchTest
    static final ArchRule KAFKA_IS_TOUCHED_WHERE_THE_LOG_IS_READ_OR_MEASURED =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("..cli.log", "..cli.limits", "..cli.bench")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule JDBC_IS_TOUCHED_WHERE_THE_WAREHOUSE_IS_ASKED_OR_MEASURED =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("..cli.warehouse", "..cli.limits")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.sql..", "org.postgresql..");

    @ArchTest
    static final ArchRule AWS_IS_TOUCHED_BY_THE_BUCKET_AND_THE_MEASUREMENT_ONLY =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("..cli.s3", "..cli.limits")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("software.amazon.awssdk..");

    @ArchTest
    static final ArchRule CHARTS_ARE_DRAWN_OF_REPORTS_ONLY =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..cli.report")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.knowm.xchart..", "java.awt..");

    @ArchTest
    static final ArchRule NO_PACKAGE_KNOWS_ONE_THAT_KNOWS_IT =
            slices().matching("io.cartlog.cli.(*)..").should().beFreeOfCycles();
}
