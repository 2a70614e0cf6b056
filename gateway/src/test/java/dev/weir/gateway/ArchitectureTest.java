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
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles();
}
