package dev.weir.loadgen.cli;

import picocli.CommandLine.Command;

/** TEMP. */
@Command(name = "load")
final class LoadCommand implements Runnable {
    @Override
    public void run() {}
}
