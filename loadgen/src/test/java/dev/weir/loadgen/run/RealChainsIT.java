package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.diagnose.Diagnosis;
import dev.weir.loadgen.evidence.EvidenceCollector;
import dev.weir.loadgen.evidence.EvidenceLog;
import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.scenario.Step;
import dev.weir.loadgen.topology.GatewayLaunch;
import dev.weir.loadgen.topology.LocalTopology;
import dev.weir.loadgen.topology.RunningChain;
import dev.weir.proxy.HostReader;
import dev.weir.proxy.ProxyConfig;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real two-hop chains drawn by seed: a knob or a fault, where, and how large; each runs for some seconds, and the diagnosis is told nothing.
 *
 * <p>Six by default, each of another kind; {@code -Dweir.chains=60} draws as many, {@code -Dweir.chains.first=100} from that seed on.
 */
final class RealChainsIT {
    private static final double RIGHT_MIN = 0.9;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldPutTheRightCauseOnTopWhenRealChainsAreDrawn() throws Exception {
        int chains = Integer.getInteger("weir.chains", 6);
        int first = Integer.getInteger("weir.chains.first", 0);
        List<String> wrong = new ArrayList<>();
        for (int seed = first; seed < first + chains; seed++) {
            RealDraw draw = RealDraw.of(seed);
            List<Cause> causes = run(draw, folder.resolve("chain-" + seed));
            if (saturated(causes)) {
                // Somebody else used the machine: such a run claims nothing, so it is made again, once.
                causes = run(draw, folder.resolve("chain-" + seed + "-again"));
            }
            String found = causes.isEmpty() || causes.getFirst().rank() == Rank.POSSIBLE
                    ? ""
                    : causes.getFirst().resource().id() + "@"
                            + causes.getFirst().hop();
            String line = draw + ": found "
                    + causes.stream()
                            .map(cause -> cause.resource().id() + "@" + cause.hop() + " "
                                    + cause.rank().id())
                            .toList();
            boolean right = found.equals(draw.expected());
            System.out.println((right ? "right  " : "WRONG  ") + line);
            if (!right) {
                wrong.add(line + causes.stream().map(Cause::says).toList());
            }
        }
        assertThat(wrong).as(String.join("\n", wrong)).hasSizeLessThanOrEqualTo((int) ((1 - RIGHT_MIN) * chains));
    }

    private static boolean saturated(List<Cause> causes) {
        return causes.stream().anyMatch(cause -> cause.resource() == Resource.GENERATOR);
    }

    private static List<Cause> run(RealDraw draw, Path folder) throws Exception {
        LocalTopology topology = new LocalTopology(
                        ProxyConfig.at(Lab.home().resolve("proxy-config")),
                        Lab.binaries(),
                        new GatewayLaunch(Lab.home(), Path.of(System.getProperty("java.home"), "bin", "java")),
                        HostReader.limits(),
                        new SecureRandom())
                .forced();
        PhaseLog log = new PhaseLog(draw.plan().connections());
        try (RunningChain chain = topology.start(draw.plan().chain(), folder);
                LoadSession load = LoadSession.start(draw.plan(), chain, HostReader.limits(), draw.seed(), line -> {});
                EvidenceCollector evidence = EvidenceCollector.start(ChainFacts.targets(chain, load.pid()))) {
            StepRunner steps = new StepRunner(draw.plan(), chain, load, log, line -> {}, evidence::watchClosely);
            for (Step step : draw.plan().steps()) {
                evidence.sampleSockets();
                steps.run(step);
                if (step instanceof Step.Ramp) {
                    draw.act().on(chain);
                }
            }
            EvidenceLog read = evidence.stop();
            return Diagnosis.of(
                            log.all(),
                            read.evidence(),
                            read.missing(),
                            ChainFacts.of(chain, draw.plan()).hops())
                    .causes();
        }
    }
}
