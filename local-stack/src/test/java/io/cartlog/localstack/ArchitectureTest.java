package io.cartlog.localstack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "io.cartlog.localstack",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule KAFKA_IS_KNOWN_TO_ITS_SERVER_ONLY =
            onlyIn("Kafka|Topic", "kafka..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule DYNAMODB_LOCAL_IS_KNOWN_TO_ITS_SERVER_ONLY =
            onlyIn("DynamoDb", "com.amazonaws..", "org.eclipse.jetty..");

    @ArchTest
    static final ArchRule S3PROXY_IS_KNOWN_TO_ITS_SERVER_ONLY = onlyIn("S3", "org.gaul..");

    @ArchTest
    static final ArchRule SQL_IS_KNOWN_TO_POSTGRES_ONLY = onlyIn("Postgres", "java.sql..");

    private static ArchRule onlyIn(String owners, String... outside) {
        return noClasses()
                .that()
                .haveNameNotMatching("io\\.cartlog\\.localstack\\.(" + owners + ").*")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(outside);
    }
}
