package dev.weir.loadgen.run;

import dev.weir.loadgen.scenario.Chain;
import dev.weir.loadgen.scenario.Expected;
import dev.weir.loadgen.scenario.Plan;
import dev.weir.loadgen.scenario.Scenario;
import dev.weir.loadgen.scenario.Step;
import dev.weir.loadgen.topology.RunningChain;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One real chain drawn by seed.
 *
 * @param expected the cause that must come out on top, {@code resource@hop}; empty when nothing certain or likely may
 * @param act what is done to the chain once its connections are up
 */
record RealDraw(long seed, String fault, String detail, String expected, Plan plan, Act act) {
    /** Does something to a running chain. */
    interface Act {
        void on(RunningChain chain) throws IOException, InterruptedException;
    }

    private static final List<String> FAULTS = List.of(
            "none",
            "idle-timeout",
            "worker-slots",
            "slow-readers",
            "admission-limit",
            "process-exit",
            "reload",
            "slow-consumer-policy");

    static RealDraw of(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        String fault = FAULTS.get(Math.floorMod(seed, FAULTS.size()));
        String hop = random.nextBoolean() ? "edge" : "ingress";
        int connections = 160 + random.nextInt(160);
        Map<String, String> settings = new HashMap<>();
        List<Step> steps = new ArrayList<>(List.of(new Step.Ramp("ramp", 0)));
        Act act = chain -> {};
        String expected = fault + "@" + hop;
        switch (fault) {
            case "none" -> {
                steps.add(broadcast(128, 5, 2));
                expected = "";
            }
            case "idle-timeout" -> {
                settings.put("gateway.ping_interval", "0s");
                settings.put(hop + ".proxy_read_timeout", (1 + random.nextInt(3)) + "s");
                steps.add(new Step.HoldUntilCut("hold", Duration.ofSeconds(2), Duration.ofSeconds(8)));
            }
            case "worker-slots" -> settings.put(hop + ".worker_connections", Integer.toString(40 + random.nextInt(40)));
            case "slow-readers", "slow-consumer-policy" -> {
                steps.add(new Step.Readers("stall", 0.1 + random.nextDouble() / 5, 0, 0));
                settings.put("gateway.slow_consumer_bytes", fault.equals("slow-readers") ? "64m" : "64k");
                steps.add(broadcast(32_768, 120 + random.nextInt(60), 40));
                expected = "slow-readers@agents";
            }
            case "admission-limit" -> {
                settings.put("gateway.max_connections", Integer.toString(connections / 2));
                expected = "admission-limit@gateway";
            }
            case "process-exit" -> act = chain -> killWorker(chain, hop);
            case "reload" -> {
                settings.put(hop + ".worker_shutdown_timeout", "1s");
                act = chain -> signal("-HUP", pid(chain, hop));
            }
            default -> throw new IllegalStateException(fault);
        }
        steps.add(new Step.Hold("hold-on", Duration.ofSeconds(4)));
        Plan plan = new Plan(
                new Chain(1, 1, 1, "tuned", settings, connections),
                connections,
                4,
                true,
                true,
                steps,
                Expected.NOT_REPRODUCED,
                Optional.empty());
        return new RealDraw(seed, fault, connections + " connections, " + settings, expected, plan, act);
    }

    private static Step broadcast(int payload, int messages, double rate) {
        return new Step.Broadcast("broadcast", Scenario.EVERYONE, messages, payload, rate, Duration.ofSeconds(2), 0);
    }

    private static long pid(RunningChain chain, String hop) {
        return chain.hops().stream()
                .filter(each -> each.name().equals(hop))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    private static void killWorker(RunningChain chain, String hop) throws IOException, InterruptedException {
        ProcessHandle worker = ProcessHandle.of(pid(chain, hop))
                .orElseThrow()
                .children()
                .findFirst()
                .orElseThrow();
        signal("-KILL", worker.pid());
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", name, Long.toString(pid)).start().waitFor();
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + fault + " (" + detail + "), expected " + expected;
    }
}
