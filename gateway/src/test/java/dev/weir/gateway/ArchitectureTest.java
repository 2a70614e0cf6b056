package dev.weir.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.util.Random;

/** Who may know whom in the gateway. */
@AnalyzeClasses(packages = "dev.weir.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String ROOT = "dev.weir.gateway.";
    private static final String[] PURE = {
        ROOT + "protocol..", ROOT + "session..", ROOT + "room..", ROOT + "fanout..", ROOT + "server.handshake.."
    };

    @ArchTest
    static final ArchRule PROTOCOL_KNOWS_JSON_ONLY = classes()
            .that()
            .resideInAPackage(ROOT + "protocol..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "com.fasterxml.jackson.core..", ROOT + "protocol..");

    @ArchTest
    static final ArchRule PURE_PACKAGES_KNOW_EACH_OTHER_ONLY = classes()
            .that()
            .resideInAnyPackage(
                    ROOT + "session..",
                    ROOT + "room..",
                    ROOT + "fanout..",
                    ROOT + "broker..",
                    ROOT + "server.handshake..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    ROOT + "protocol..",
                    ROOT + "session..",
                    ROOT + "room..",
                    ROOT + "fanout..",
                    ROOT + "broker..",
                    ROOT + "server.handshake..");

    @ArchTest
    static final ArchRule PURE_PACKAGES_TOUCH_NO_WORLD = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..", "java.util.concurrent..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, Random.class, File.class);

    @ArchTest
    static final ArchRule PURE_PACKAGES_READ_NO_CLOCK_OR_ENVIRONMENT = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class);

    @ArchTest
    static final ArchRule FRAMES_KNOW_BUFFERS_ONLY = classes()
            .that()
            .resideInAPackage(ROOT + "server.frame..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "org.jspecify..", "io.netty.buffer..", ROOT + "protocol..", ROOT + "server.frame..");

    @ArchTest
    static final ArchRule SOCKETS_ARE_IN_SERVER_ONLY = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "server..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty.channel..", "io.netty.bootstrap..");

    @ArchTest
    static final ArchRule CONFIGURATION_IS_READ_IN_ONE_PLACE = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + "config.ConfigReader")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .because("settings come from one reader");

    @ArchTest
    static final ArchRule CONFIGURATION_KNOWS_NO_SOCKETS = noClasses()
            .that()
            .resideInAPackage(ROOT + "config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..", "org.slf4j..", ROOT + "server..", ROOT + "api..");

    @ArchTest
    static final ArchRule ONLY_THE_API_KNOWS_THE_WEB_SERVER = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.ext.web..", "io.micrometer..", "io.prometheus..");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_WIRING = noClasses()
            .that()
            .resideOutsideOfPackage("dev.weir.gateway")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.weir.gateway");

    @ArchTest
    static final ArchRule NOTHING_COMPRESSES_WEBSOCKETS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty.handler.codec.http.websocketx.extensions..")
            .because("a small frame that inflates without bound is CVE-2026-102467");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles();
}
