package dev.weir.loadgen.pace;

import java.util.List;

/**
 * Arrivals that add up to each stage's target at its end, at a constant rate within the stage. A stage with the target of the one before is a pause.
 *
 * @param stages in order; targets never fall
 */
public record Stages(List<Stage> stages) implements ArrivalSchedule {
    /**
     * One stage.
     *
     * @param durationNanos how long it takes
     * @param target arrivals since the start of the first stage, at the end of this one
     */
    public record Stage(long durationNanos, long target) {
        public Stage {
            if (durationNanos < 0) {
                throw new IllegalArgumentException("durationNanos must be >= 0: durationNanos=" + durationNanos);
            }
        }
    }

    public Stages {
        stages = List.copyOf(stages);
        long before = 0;
        for (int i = 0; i < stages.size(); i++) {
            long target = stages.get(i).target();
            if (target < before) {
                throw new IllegalArgumentException("stages[" + i + "].target must be >= the target before: target="
                        + target + " before=" + before);
            }
            before = target;
        }
    }

    @Override
    public long dueNanos(long index) {
        long startNanos = 0;
        long before = 0;
        for (Stage stage : stages) {
            if (index < stage.target()) {
                double done = (double) (index - before) / (stage.target() - before);
                return startNanos + (long) (done * stage.durationNanos());
            }
            startNanos += stage.durationNanos();
            before = stage.target();
        }
        return NEVER;
    }

    /** How long all stages take. */
    public long durationNanos() {
        return stages.stream().mapToLong(Stage::durationNanos).sum();
    }

    /** How many arrivals there are in all. */
    public long total() {
        return stages.isEmpty() ? 0 : stages.getLast().target();
    }
}
