package dev.weir.gateway;

import ch.qos.logback.classic.LoggerContext;
import dev.weir.gateway.server.ParkedHub;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/** The program {@code weir gateway}. */
public final class Main {
    private Main() {}

    /**
     * Runs until the gateway is told to go.
     *
     * @param args flags as {@code --help} lists them
     */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, false, StandardCharsets.UTF_8);
        ExitCode code = run(out, err, args);
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
            logs.stop();
        }
        System.exit(code.code());
    }

    private static ExitCode run(PrintWriter out, PrintWriter err, String... args) {
        try {
            return new GatewayCommand(out, err, ParkedHub::start).run(args);
        } catch (RuntimeException | LinkageError e) {
            err.println("weir gateway: internal error: " + e);
            e.printStackTrace(err);
            err.flush();
            return ExitCode.INTERNAL;
        }
    }
}
