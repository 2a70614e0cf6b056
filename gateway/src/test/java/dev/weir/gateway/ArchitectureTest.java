package dev.weir.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom inside the gateway. */
@AnalyzeClasses(packages = "dev.weir.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String[] PURE = {
        "dev.weir.gateway.protocol..",
        "dev.weir.gateway.room..",
        "dev.weir.gateway.fanout..",
        "dev.weir.gateway.session..",
        "dev.weir.gateway.broker..",
        "dev.weir.gateway.auth..",
        "dev.weir.gateway.admission.."
    };

    @ArchTest
    static final ArchRule pureCodeTouchesNoSocketsFilesOrLogs = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx..",
                    "io.netty..",
                    "org.slf4j..",
                    "ch.qos..",
                    "java.net..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "dev.weir.gateway.server..",
                    "dev.weir.gateway.api..",
                    "dev.weir.gateway")
            .because("it is tested without sockets, files and logs")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule pureCodeAsksNoClockAndNoThread = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getProperty", String.class)
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, java.time.Clock.class, java.io.File.class)
            .because("time is a parameter, and files are read elsewhere")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule configurationIsReadInOnePlace = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.weir.gateway.config.ConfigReader")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .because("settings come from one reader");

    @ArchTest
    static final ArchRule configurationKnowsNoSockets = noClasses()
            .that()
            .resideInAPackage("dev.weir.gateway.config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx..", "io.netty..", "org.slf4j..", "dev.weir.gateway.server..", "dev.weir.gateway.api..");

    @ArchTest
    static final ArchRule onlyTheApiKnowsTheWebServer = noClasses()
            .that()
            .resideOutsideOfPackage("dev.weir.gateway.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.ext.web..", "io.micrometer..", "io.prometheus..");

    @ArchTest
    static final ArchRule onlyTheServerKnowsNetty = noClasses()
            .that()
            .resideOutsideOfPackage("dev.weir.gateway.server..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule nobodyKnowsTheWiring = noClasses()
            .that()
            .resideOutsideOfPackage("dev.weir.gateway")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.weir.gateway");

    @ArchTest
    static final ArchRule nothingCompressesWebSockets = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty.handler.codec.http.websocketx.extensions..")
            .because("a small frame that inflates without bound is CVE-2026-102467");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.weir.gateway.(*)..").should().beFreeOfCycles();
}
