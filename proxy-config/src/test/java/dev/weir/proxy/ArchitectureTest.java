package dev.weir.proxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom in the proxy layer. */
@AnalyzeClasses(packages = "dev.weir.proxy", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String[] PURE = {
        "dev.weir.proxy.error..",
        "dev.weir.proxy.profile..",
        "dev.weir.proxy.capacity..",
        "dev.weir.proxy.syntax..",
        "dev.weir.proxy.check..",
        "dev.weir.proxy.diff.."
    };

    @ArchTest
    static final ArchRule LAYERS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("root")
            .definedBy("dev.weir.proxy")
            .layer("nginx")
            .definedBy("dev.weir.proxy.nginx")
            .layer("haproxy")
            .definedBy("dev.weir.proxy.haproxy")
            .layer("render")
            .definedBy("dev.weir.proxy.render")
            .layer("pure")
            .definedBy(PURE)
            .whereLayer("root")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("nginx")
            .mayOnlyBeAccessedByLayers("root")
            .whereLayer("haproxy")
            .mayOnlyBeAccessedByLayers("root")
            .whereLayer("render")
            .mayOnlyBeAccessedByLayers("root", "nginx", "haproxy");

    @ArchTest
    static final ArchRule PURE_PACKAGES_TOUCH_NO_FILE_NO_PROCESS_NO_CLOCK = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.net..", "java.util.concurrent..", "io.pebbletemplates..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.File")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, Process.class, ProcessBuilder.class)
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    @ArchTest
    static final ArchRule ONLY_PROFILES_KNOW_YAML = noClasses()
            .that()
            .resideOutsideOfPackage("dev.weir.proxy.profile..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule ONLY_RENDERING_KNOWS_THE_TEMPLATE_ENGINE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.weir.proxy.render..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.pebbletemplates..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.weir.proxy.(*)..").should().beFreeOfCycles();
}
