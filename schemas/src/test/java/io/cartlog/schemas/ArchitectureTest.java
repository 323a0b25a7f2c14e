package io.cartlog.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.cartlog", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule THE_LANGUAGE_KNOWS_THE_JDK_ONLY =
            classes()
                    .that()
                    .resideInAnyPackage("..value", "..click", "..command", "..event", "..reply")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "org.jspecify..",
                            "..schemas.value",
                            "..schemas.click",
                            "..schemas.command",
                            "..schemas.event",
                            "..schemas.reply");

    @ArchTest
    static final ArchRule GENERATED_CLASSES_ARE_USED_BY_THE_CODECS_ONLY =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("..schemas.avro", "..wire")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.cartlog.wire");
}
