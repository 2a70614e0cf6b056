package dev.weir.loadgen.diagnose;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Diagnosis sees symptoms and evidence, nothing else: neither the scenario nor the fault nor the rendered configuration. */
final class DiagnoseArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.weir.loadgen.diagnose", "dev.weir.loadgen.evidence");

    @Test
    void shouldSeeOnlyTheRecordWhenDiagnosing() {
        classes()
                .that()
                .resideInAPackage("..loadgen.diagnose..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.weir.loadgen.diagnose..",
                        "dev.weir.loadgen.outcome..",
                        "java.lang..",
                        "java.util..",
                        "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void shouldHaveNeitherClockNorThreadWhenDiagnosing() {
        noClasses()
                .that()
                .resideInAPackage("..loadgen.diagnose..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    @Test
    void shouldKnowNeitherClientsNorScenarioWhenReading() {
        noClasses()
                .that()
                .resideInAPackage("..loadgen.evidence..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..loadgen.client..",
                        "..loadgen.agent..",
                        "..loadgen.scenario..",
                        "..loadgen.topology..",
                        "..loadgen.diagnose..",
                        "io.vertx..",
                        "io.netty..",
                        "dev.weir.proxy..")
                .check(CLASSES);
    }
}
