package io.cartlog.sink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

@AnalyzeClasses(packages = "io.cartlog.sink", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule A_ROW_KNOWS_THE_JDK_AND_THE_LANGUAGE_ONLY =
            classes()
                    .that()
                    .resideInAPackage("..sink.row")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java.lang..",
                            "java.util..",
                            "java.time..",
                            "java.math..",
                            "java.nio..",
                            "java.security..",
                            "org.jspecify..",
                            "io.cartlog.schemas..",
                            "..sink.row");

    @ArchTest
    static final ArchRule NEITHER_A_ROW_NOR_A_FILE_KNOWS_THE_TIME_OR_CHANCE =
            noClasses()
                    .that()
                    .resideInAnyPackage("..sink.row", "..sink.iceberg")
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(UUID.class, "randomUUID")
                    .orShould()
                    .dependOnClassesThat()
                    .belongToAnyOf(Clock.class, Random.class);

    @ArchTest
    static final ArchRule ADAPTERS_DO_NOT_KNOW_EACH_OTHER =
            slices().matching("io.cartlog.sink.(intake|iceberg|warehouse)..")
                    .should()
                    .notDependOnEachOther();

    @ArchTest
    static final ArchRule ADAPTERS_KNOW_NOTHING_ABOVE_THEM =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "..sink.intake", "..sink.iceberg", "..sink.warehouse", "..sink.clicks")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.cartlog.sink", "..sink.verify", "..sink.status");

    @ArchTest
    static final ArchRule CLICKS_KNOW_NOTHING_OF_THE_LAKE =
            noClasses()
                    .that()
                    .resideInAPackage("..sink.clicks")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("..sink.iceberg");

    @ArchTest
    static final ArchRule NO_ADAPTER_KNOWS_THE_CLICKS =
            noClasses()
                    .that()
                    .resideInAnyPackage("..sink.intake", "..sink.iceberg", "..sink.warehouse")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("..sink.clicks", "..sink.kinesis");

    @ArchTest
    static final ArchRule EACH_OUTSIDE_SYSTEM_IS_TOUCHED_IN_ONE_PLACE =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..sink.iceberg")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.iceberg..", "org.apache.parquet..");

    @ArchTest
    static final ArchRule ONLY_THE_WAREHOUSE_KNOWS_WHICH_DATABASE_IT_IS =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..sink.warehouse")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.postgresql..", "com.amazon.redshift..");

    @ArchTest
    static final ArchRule KINESIS_IS_TOUCHED_IN_ONE_PLACE =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..sink.kinesis")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("software.amazon.awssdk.services.kinesis..");

    @ArchTest
    static final ArchRule THE_RELAY_KNOWS_NO_STORE =
            noClasses()
                    .that()
                    .resideInAPackage("..sink.kinesis")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.cartlog.sink",
                            "..sink.iceberg",
                            "..sink.warehouse",
                            "..sink.clicks");
}
