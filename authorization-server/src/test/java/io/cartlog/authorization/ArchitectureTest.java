package io.cartlog.authorization;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "io.cartlog.authorization",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule OF_CARTS_IT_KNOWS_ONLY_WHAT_AN_ACCOUNT_IS =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.cartlog.schemas.command..",
                            "io.cartlog.schemas.event..",
                            "io.cartlog.schemas.avro..",
                            "org.apache.kafka..");
}
