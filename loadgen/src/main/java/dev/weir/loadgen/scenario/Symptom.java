package dev.weir.loadgen.scenario;

import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.Failure;
import dev.weir.loadgen.outcome.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What must be seen for a failure to count as reproduced. */
public sealed interface Symptom {
    /**
     * Whether it was seen, and the figures.
     *
     * @param seen it was there
     * @param figures one sentence with the numbers
     */
    record Sighting(boolean seen, String figures) {}

    /** Looks for it in what the agents lived through and in the evidence. */
    Sighting look(List<Phase> phases, List<Evidence> evidence);

    /** Whether, once seen, it is why fewer connections than asked were reached. */
    default boolean isShortfall() {
        return false;
    }

    /**
     * Connects fail in certain ways, and in no other.
     *
     * @param shareMin of all connects, 0 to 1
     * @param ways stages, errnos and HTTP statuses, any of which makes a failure count, e.g. {@code no-101}, {@code 502}
     */
    record ConnectsFail(double shareMin, List<String> ways) implements Symptom {
        /** Failures of another kind than those looked for that may stand beside them, as a share of these. */
        private static final double OTHERS_MAX = 0.05;

        public ConnectsFail {
            ways = List.copyOf(ways);
        }

        @Override
        public Sighting look(List<Phase> phases, List<Evidence> evidence) {
            long opened = Phase.opened(phases);
            long failed = 0;
            long others = 0;
            for (Phase phase : phases) {
                for (Failure failure : phase.connections().failed()) {
                    if (isMeant(failure)) {
                        failed += failure.count();
                    } else {
                        others += failure.count();
                    }
                }
            }
            return new Sighting(
                    failed > 0 && failed >= shareMin * (opened + failed + others) && others <= OTHERS_MAX * failed,
                    "%,d of %,d connects failed (%s)%s"
                            .formatted(
                                    failed,
                                    opened + failed + others,
                                    String.join(", ", ways),
                                    others == 0 ? "" : ", %,d in another way".formatted(others)));
        }

        private boolean isMeant(Failure failure) {
            return ways.contains(failure.stage())
                    || ways.contains(failure.errno())
                    || ways.contains(Integer.toString(failure.status()));
        }

        @Override
        public boolean isShortfall() {
            return true;
        }
    }

    /**
     * Connects are answered 502, and a proxy marks servers down that nothing is wrong with.
     *
     * @param hop the proxy
     * @param shareMin of all connects, 0 to 1
     * @param back the phase in which connections that were held come back
     */
    record PeersBlamed(String hop, double shareMin, String back) implements Symptom {
        @Override
        public Sighting look(List<Phase> phases, List<Evidence> evidence) {
            Sighting refused = new ConnectsFail(shareMin, List.of("502")).look(phases, evidence);
            long returned = 0;
            long stayedOut = 0;
            for (Phase phase : phases) {
                if (phase.name().equals(back)) {
                    returned += phase.connections().opened();
                    stayedOut += phase.connections().failedCount();
                }
            }
            double blamed = rise(evidence, hop, "error-log", "upstream-disabled");
            return new Sighting(
                    refused.seen() && blamed > 0,
                    String.format(
                            Locale.ROOT,
                            "%s; %s marked servers down %,.0f times and had no live one for %,.0f connects; %,d of %,d that came back got in",
                            refused.figures(),
                            hop,
                            blamed,
                            rise(evidence, hop, "error-log", "no-live-upstreams"),
                            returned,
                            returned + stayedOut));
        }

        @Override
        public boolean isShortfall() {
            return true;
        }
    }

    /**
     * SYNs of new connections are dropped by tracking and sent again, so that connecting slows down as more are held.
     *
     * @param hop in whose network namespace
     * @param countMin of dropped packets, and of SYNs sent again
     * @param stages phases that opened connections one after the other
     */
    record SynsSentAgain(String hop, long countMin, List<String> stages) implements Symptom {
        public SynsSentAgain {
            stages = List.copyOf(stages);
        }

        @Override
        public Sighting look(List<Phase> phases, List<Evidence> evidence) {
            double dropped =
                    rise(evidence, hop, "conntrack", "drop") + rise(evidence, hop, "conntrack", "insert_failed");
            double again = rise(evidence, hop, "netstat", "TcpExt.TCPSynRetrans");
            List<String> rates = new ArrayList<>();
            long held = 0;
            for (Phase phase : phases) {
                if (stages.contains(phase.name()) && phase.durationMillis() > 0) {
                    rates.add(String.format(
                            Locale.ROOT,
                            "%,.0f/s beside %,d (p99 %,.0f ms)",
                            phase.connections().opened() * 1e3 / phase.durationMillis(),
                            held,
                            phase.latencyMillis().connect().p99()));
                    held = phase.connections().heldAtEnd();
                }
            }
            return new Sighting(
                    dropped >= countMin && again >= countMin,
                    String.format(
                            Locale.ROOT,
                            "%,.0f packets dropped by tracking at %s, %,.0f SYNs sent again; connects: %s",
                            dropped,
                            hop,
                            again,
                            String.join(", ", rates)));
        }

        @Override
        public boolean isShortfall() {
            return true;
        }
    }

    /** The ends of a phase's connections without a close frame by anyone. */
    private static List<Close> cuts(Phase phase) {
        return phase.connections().closed().stream()
                .filter(close -> !close.how().equals("close-frame"))
                .toList();
    }

    /** How far a figure rose over the run; 0 when nobody read it. */
    private static double rise(List<Evidence> evidence, String hop, String probe, String key) {
        return evidence.stream()
                .filter(item -> item.hop().equals(hop)
                        && item.probe().equals(probe)
                        && item.key().equals(key))
                .mapToDouble(item -> item.after() - item.before())
                .max()
                .orElse(0);
    }

    /**
     * A proxy's workers took memory before any connection came, and a reload held it twice.
     *
     * @param hop whose workers
     * @param bytesMin of all its workers before the load
     */
    record TakenBeforeLoad(String hop, long bytesMin) implements Symptom {
        /** Old and new workers together, against the old ones before; less than twice, since the old ones may be read a moment late. */
        private static final double TWICE = 1.7;

        @Override
        public Sighting look(List<Phase> phases, List<Evidence> evidence) {
            Evidence pss = evidence.stream()
                    .filter(item -> item.hop().equals(hop)
                            && item.probe().equals("process")
                            && item.key().equals("pss"))
                    .findFirst()
                    .orElse(new Evidence("", hop, "process", "pss", "bytes", 0, 0, 0));
            return new Sighting(
                    pss.before() >= bytesMin && pss.peak() >= TWICE * pss.before(),
                    String.format(
                            Locale.ROOT,
                            "workers of %s took %,.1f MB before the first connection, and %,.1f MB at most across a reload",
                            hop,
                            pss.before() / 1e6,
                            pss.peak() / 1e6));
        }
    }

    /**
     * The agents' control group was out of processor time, while messages seemed late.
     *
     * @param shareMin of its periods, 0 to 1
     */
    record AgentsOutOfProcessorTime(double shareMin) implements Symptom {
        @Override
        public Sighting look(List<Phase> phases, List<Evidence> evidence) {
            double periods = rise(evidence, "agents", "cpu-quota", "periods");
            double throttled = rise(evidence, "agents", "cpu-quota", "throttled");
            double late = phases.stream()
                    .filter(phase -> !phase.name().equals(Phase.WARM_UP))
                    .mapToDouble(
                            phase -> phase.latencyMillis().deliverIntended().p99())
                    .max()
                    .orElse(0);
            return new Sighting(
                    periods > 0 && throttled >= shareMin * periods,
                    String.format(
                            Locale.ROOT,
                            "the agents were out of processor time in %,.0f of %,.0f periods; deliveries seemed to take %,.0f ms at p99",
                            throttled,
                            periods,
                            late));
        }
    }

    /**
     * The system refused the agents a thread, and what is held costs them so much memory each.
     *
     * @param shareMin of all connects, 0 to 1
     */
    record ThreadsRefused(double shareMin) implements Symptom {
        @Override
        public Sighting look(List<Phase> phases, List<Evidence> evidence) {
            long opened = Phase.opened(phases);
            long refused = phases.stream()
                    .flatMap(phase -> phase.connections().failed().stream())
                    .filter(failure -> failure.stage().equals("thread"))
                    .mapToLong(Failure::count)
                    .sum();
            return new Sighting(
                    refused > 0 && refused >= shareMin * (opened + refused),
                    String.format(
                            Locale.ROOT,
                            "%,d of %,d connections got no thread; agents: %,.1f kB of memory and %,.1f kB of address space for each that is held",
                            refused,
                            opened + refused,
                            each(evidence, "pss", opened),
                            each(evidence, "address-space", opened)));
        }

        private static double each(List<Evidence> evidence, String key, long opened) {
            return evidence.stream()
                            .filter(item -> item.hop().equals("agents")
                                    && item.probe().equals("process")
                                    && item.key().equals(key))
                            .mapToDouble(item -> item.peak() - item.before())
                            .max()
                            .orElse(0)
                    / Math.max(1, opened)
                    / 1e3;
        }
    }

    /**
     * A share of all connections was ended without a close frame by anyone.
     *
     * @param shareMin 0 to 1
     */
    record CutWithoutCloseFrame(double shareMin) implements Symptom {
        @Override
        public Sighting look(List<Phase> phases, List<Evidence> evidence) {
            long opened = Phase.opened(phases);
            long cut = phases.stream()
                    .flatMap(phase -> cuts(phase).stream())
                    .mapToLong(Close::count)
                    .sum();
            return new Sighting(
                    opened > 0 && cut >= shareMin * opened,
                    "%,d of %,d connections ended without a close frame".formatted(cut, opened));
        }
    }

    /**
     * Bytes for clients that do not read are parked in the kernel's socket queues of the chain.
     *
     * @param bytesPerStalledMin bytes per stalled connection
     * @param stalled how many connections are stalled in the room that is flooded
     */
    record Parked(long bytesPerStalledMin, long stalled) implements Symptom {
        /** What each hop has not got rid of on its way to the agents, and what each has not yet read. */
        private static final List<String> QUEUES = List.of("down.sendq", "up.recvq");

        @Override
        public Sighting look(List<Phase> phases, List<Evidence> evidence) {
            double parked = evidence.stream()
                    .filter(item -> item.probe().equals("ss") && QUEUES.contains(item.key()))
                    .mapToDouble(Evidence::peak)
                    .sum();
            double perStalled = stalled == 0 ? 0 : parked / stalled;
            return new Sighting(
                    perStalled >= bytesPerStalledMin,
                    String.format(
                            Locale.ROOT,
                            "%.1f MB in the socket queues of the chain at their peaks, %.2f MB for each of %d stalled readers in the room",
                            parked / 1e6,
                            perStalled / 1e6,
                            stalled));
        }
    }

    /**
     * Messages never came, though nobody ended the connections that they were for.
     *
     * @param shareMin of all that were owed, 0 to 1
     */
    record MessagesVanish(double shareMin) implements Symptom {
        @Override
        public Sighting look(List<Phase> phases, List<Evidence> evidence) {
            long owed = 0;
            long lost = 0;
            long closed = 0;
            for (Phase phase : phases) {
                owed += phase.deliveries().expected();
                lost += phase.deliveries().lost();
                closed += phase.connections().closedCount();
            }
            return new Sighting(
                    lost > 0 && lost >= shareMin * owed && closed == 0,
                    "%,d of %,d deliveries never came; %,d connections ended".formatted(lost, owed, closed));
        }
    }

    /**
     * The kernel killed a process of a hop for memory, and within a moment nearly all connections ended.
     *
     * @param hop whose process
     * @param shareMin of all connections, 0 to 1
     * @param withinMillis from the first of them to the last
     */
    record KilledForMemory(String hop, double shareMin, long withinMillis) implements Symptom {
        @Override
        public Sighting look(List<Phase> phases, List<Evidence> evidence) {
            // An engine tells of one kill many times: what it says is no count.
            double counted =
                    Math.max(rise(evidence, hop, "cgroup", "oom_kill"), rise(evidence, hop, "kernel-log", "oom-kill"));
            double kills = Math.max(counted, Math.min(1, rise(evidence, hop, "container", "oom")));
            long opened = Phase.opened(phases);
            long largest = 0;
            long took = 0;
            for (Phase phase : phases) {
                List<Close> cuts = cuts(phase);
                long wave = cuts.stream().mapToLong(Close::count).sum();
                if (wave > largest) {
                    largest = wave;
                    took = cuts.stream().mapToLong(Close::lastMillis).max().orElse(0)
                            - cuts.stream().mapToLong(Close::firstMillis).min().orElse(0);
                }
            }
            return new Sighting(
                    kills > 0 && largest >= shareMin * opened && took <= withinMillis,
                    String.format(
                            Locale.ROOT,
                            "%.0f processes of %s killed for memory; %,d of %,d connections ended without a close frame within %,d ms",
                            kills,
                            hop,
                            largest,
                            opened,
                            took));
        }
    }

    /**
     * The kernel reset sockets to have their memory back, and so many connections ended without a close frame.
     *
     * @param resetsMin how many sockets
     * @param endsMin how many connections
     */
    record ResetByKernel(long resetsMin, long endsMin) implements Symptom {
        @Override
        public Sighting look(List<Phase> phases, List<Evidence> evidence) {
            double resets = resets(evidence);
            long cut = phases.stream()
                    .flatMap(phase -> cuts(phase).stream())
                    .mapToLong(Close::count)
                    .sum();
            return new Sighting(
                    resets >= resetsMin && cut >= endsMin,
                    String.format(
                            Locale.ROOT,
                            "the kernel reset %,.0f sockets to have their memory back; %,d connections ended without a close frame",
                            resets,
                            cut));
        }

        private static double resets(List<Evidence> evidence) {
            return evidence.stream()
                    .filter(item -> item.probe().equals("netstat") && item.key().equals("TcpExt.TCPAbortOnMemory"))
                    .mapToDouble(item -> item.after() - item.before())
                    .sum();
        }
    }

    /**
     * A process of a hop ended, and what it left was not reset by the kernel to have its memory back.
     *
     * @param hop whose process
     * @param resetsBelow so many resets would be the kernel's doing
     */
    record EndsWithoutResets(String hop, long resetsBelow) implements Symptom {
        @Override
        public Sighting look(List<Phase> phases, List<Evidence> evidence) {
            boolean ended = evidence.stream()
                    .anyMatch(item -> item.hop().equals(hop)
                            && item.probe().equals("process")
                            && item.key().equals("alive")
                            && item.before() > 0
                            && item.after() == 0);
            double resets = ResetByKernel.resets(evidence);
            return new Sighting(
                    ended && resets < resetsBelow,
                    String.format(
                            Locale.ROOT,
                            "the process of %s %s; the kernel reset %,.0f sockets to have their memory back",
                            hop,
                            ended ? "ended" : "did not end",
                            resets));
        }
    }
}
