package dev.weir.loadgen;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(packages = "dev.weir.loadgen", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String LAB = "dev.weir.loadgen.";

    @ArchTest
    static final ArchRule labNeverKnowsTheGateway =
            noClasses().should().dependOnClassesThat().resideInAPackage("dev.weir.gateway..");

    @ArchTest
    static final ArchRule recordIsPlainData = onlyKnows("outcome");

    @ArchTest
    static final ArchRule scheduleIsPure = onlyKnows("pace");

    @ArchTest
    static final ArchRule codecIsPure = onlyKnows("wire");

    @ArchTest
    static final ArchRule measureIsPure = onlyKnows("measure", LAB + "outcome", "org.HdrHistogram");

    @ArchTest
    static final ArchRule unitsArePure = onlyKnows("units", LAB + "measure");

    @ArchTest
    static final ArchRule trafficIsPure = onlyKnows("traffic", LAB + "outcome", LAB + "measure", LAB + "pace");

    @ArchTest
    static final ArchRule scenariosArePure =
            onlyKnows("scenario", LAB + "outcome", LAB + "measure", LAB + "traffic", LAB + "error");

    @ArchTest
    static final ArchRule plannerIsPure = onlyKnows("plan", LAB + "outcome", "dev.weir.proxy.capacity");

    @ArchTest
    static final ArchRule diagnosisSeesOnlyTheRecord = onlyKnows("diagnose", LAB + "outcome", LAB + "measure");

    @ArchTest
    static final ArchRule comparisonIsPure = onlyKnows("compare", LAB + "outcome", LAB + "measure");

    @ArchTest
    static final ArchRule pureCodeHasNoClockThreadOrFile = noClasses()
            .that()
            .resideInAnyPackage(
                    LAB + "outcome",
                    LAB + "pace",
                    LAB + "wire",
                    LAB + "measure",
                    LAB + "units",
                    LAB + "traffic",
                    LAB + "scenario",
                    LAB + "plan",
                    LAB + "diagnose",
                    LAB + "compare",
                    LAB + "error")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net", "java.nio.file", "java.util.concurrent", "java.time.chrono")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, java.util.Random.class, java.time.Instant.class)
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class);

    @ArchTest
    static final ArchRule viewsAndProbesNeverSeeTheLoad = noClasses()
            .that()
            .resideInAnyPackage(LAB + "report", LAB + "evidence")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(LAB + "client", LAB + "agent", LAB + "publish");

    @ArchTest
    static final ArchRule loadNeverSeesTheLabAroundIt = noClasses()
            .that()
            .resideInAnyPackage(LAB + "client", LAB + "agent", LAB + "publish")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    LAB + "cli", LAB + "run", LAB + "scenario", LAB + "topology", LAB + "diagnose", LAB + "evidence");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.weir.loadgen.(*)..").should().beFreeOfCycles();

    private static ArchRule onlyKnows(String own, String... others) {
        String[] allowed = new String[others.length + 4];
        System.arraycopy(others, 0, allowed, 4, others.length);
        allowed[0] = LAB + own;
        allowed[1] = "java.lang..";
        allowed[2] = "java.util..";
        allowed[3] = "org.jspecify.annotations";
        return classes()
                .that()
                .resideInAPackage(LAB + own)
                .should()
                .onlyDependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.or(
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(allowed),
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
                                "java.io", "java.math", "java.nio", "java.nio.charset", "java.security", "java.time")));
    }
}
