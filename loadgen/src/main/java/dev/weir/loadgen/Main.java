package dev.weir.loadgen;

import dev.weir.loadgen.cli.CommandLines;

/** The program {@code weir}. */
public final class Main {
    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        System.exit(CommandLines.create().execute(args));
    }
}
