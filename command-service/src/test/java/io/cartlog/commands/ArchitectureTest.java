package io.cartlog.commands;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Random;
import java.util.UUID;

@AnalyzeClasses(
        packages = "io.cartlog.commands",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule THE_RULES_KNOW_THE_JDK_AND_THE_SCHEMAS_ONLY =
            classes()
                    .that()
                    .resideInAPackage("..commands.cart")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java.lang..",
                            "java.math..",
                            "java.time..",
                            "java.util..",
                            "org.jspecify..",
                            "..commands.cart",
                            "..schemas.value",
                            "..schemas.command",
                            "..schemas.event",
                            "..schemas.reply");

    @ArchTest
    static final ArchRule THE_RULES_READ_NO_CLOCK_AND_DRAW_NO_IDS =
            noClasses()
                    .that()
                    .resideInAPackage("..commands.cart")
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(Clock.class, Random.class, UUID.class)
                    .orShould()
                    .callMethod(java.time.Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule ADAPTERS_DO_NOT_KNOW_EACH_OTHER =
            slices().matching("io.cartlog.commands.(intake|streams|gateway|openapi|kinesis)..")
                    .should()
                    .notDependOnEachOther();

    @ArchTest
    static final ArchRule ONLY_THE_START_KNOWS_ALL_PARTS =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "..cart",
                            "..intake",
                            "..streams",
                            "..gateway",
                            "..kinesis",
                            "..openapi",
                            "..problem")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.cartlog.commands");

    @ArchTest
    static final ArchRule KINESIS_IS_TOUCHED_IN_ONE_PLACE =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..commands.kinesis")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("software.amazon.awssdk..");
}
