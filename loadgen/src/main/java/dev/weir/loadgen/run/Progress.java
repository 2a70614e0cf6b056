package dev.weir.loadgen.run;

/** Where a run says what it is doing, one line at a time. */
@FunctionalInterface
public interface Progress {
    /** Says one line. */
    void say(String line);
}
