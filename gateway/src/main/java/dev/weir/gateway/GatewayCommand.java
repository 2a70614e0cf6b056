package dev.weir.gateway;

import dev.weir.gateway.CommandLineForm.Launch;
import dev.weir.gateway.admission.ConnectionBudget;
import dev.weir.gateway.config.ConfigException;
import dev.weir.gateway.config.ConfigReader;
import dev.weir.gateway.config.EffectiveConfig;
import dev.weir.gateway.config.GatewayConfig;
import dev.weir.gateway.config.Settings;
import dev.weir.gateway.server.ParkedHub;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * From arguments to an exit code.
 *
 * <p><b>Threading:</b> {@link #run} on the main thread, which it blocks until the gateway is gone.
 */
final class GatewayCommand {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayCommand.class);

    private final PrintWriter out;
    private final PrintWriter err;
    private final Gateway.HubStarter hubStarter;
    private final String version = HostFacts.version();

    GatewayCommand(PrintWriter out, PrintWriter err, Gateway.HubStarter hubStarter) {
        this.out = out;
        this.err = err;
        this.hubStarter = hubStarter;
    }

    ExitCode run(String... args) {
        CommandLine commandLine = CommandLineForm.commandLine(version);
        try {
            ParseResult parsed = commandLine.parseArgs(args);
            if (parsed.isUsageHelpRequested()) {
                commandLine.usage(out);
                return ExitCode.OK;
            }
            if (parsed.isVersionHelpRequested()) {
                commandLine.printVersionHelp(out);
                return ExitCode.OK;
            }
            return launch(CommandLineForm.launch(parsed));
        } catch (ParameterException e) {
            return refused(ExitCode.USAGE, usage(e));
        } catch (ConfigException e) {
            e.errors().forEach(error -> err.println("weir gateway: " + error));
            return ExitCode.USAGE;
        } catch (StartException e) {
            return refused(e.exitCode(), String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private ExitCode refused(ExitCode code, String why) {
        err.println("weir gateway: " + why);
        return code;
    }

    private static String usage(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            // Not its value: it may be a secret whose flag was mistyped.
            String first = unmatched.getUnmatched().getFirst().replaceFirst("=.*", "");
            return first + " must be a known flag; the nearest is " + Settings.nearestFlag(first);
        }
        return e.getMessage() + "; see --help";
    }

    private ExitCode launch(Launch launch) throws ConfigException, StartException, InterruptedException {
        EffectiveConfig given = ConfigReader.ofProcess(launch.config(), launch.flags());
        return switch (launch.action()) {
            case PRINT_CONFIG -> {
                out.print(given.print());
                yield ExitCode.OK;
            }
            case CHECK_CONFIG -> {
                ConnectionBudget.Granted budget = budget(given.config());
                out.println("ok: max_connections=" + budget.connectionsMax() + " " + budget.arithmetic());
                yield ExitCode.OK;
            }
            case SERVE -> serve(launch, given);
        };
    }

    private ExitCode serve(Launch launch, EffectiveConfig given) throws StartException, InterruptedException {
        refuseMissingTransport(given);
        ConnectionBudget.Granted budget = budget(given.config());
        EffectiveConfig effective =
                given.with(given.config().resolved(budget.connectionsMax(), budget.loops(), budget.ownTables()));
        PortCheck.check(effective);
        if (effective.config().access().insecure()) {
            LOG.warn("insecure: anonymous clients may connect, subscribe and publish; for trials only");
        }
        ProcessFiles files = new ProcessFiles(launch.pidFile(), launch.readyFile());
        Runtime.getRuntime().addShutdownHook(new Thread(files::remove, "remove-files"));
        Gateway gateway = Gateway.start(effective, version, hubStarter);
        CountDownLatch gone = drainOnSignal(gateway, files);
        files.write(gateway.ports(), gateway.apiPort());
        LOG.info("ready: {}", readyLine(effective.config(), gateway, budget));
        gone.await();
        return ExitCode.OK;
    }

    private static void refuseMissingTransport(EffectiveConfig given) throws StartException {
        Optional<String> missing = ParkedHub.missing(given.config().loops().transport());
        if (missing.isPresent()) {
            throw new StartException(
                    ExitCode.ENVIRONMENT,
                    "transport must be one that this host has: transport="
                            + given.config().loops().transport().name().toLowerCase(Locale.ROOT) + " ("
                            + given.where("transport") + "; " + missing.get() + "); leave it to auto");
        }
    }

    /** The first signal drains; the second gives up on that and ends the process where it stands. */
    private static CountDownLatch drainOnSignal(Gateway gateway, ProcessFiles files) {
        CountDownLatch gone = new CountDownLatch(1);
        AtomicBoolean draining = new AtomicBoolean();
        Signals.onTermination(() -> {
            if (draining.getAndSet(true)) {
                files.remove();
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
            }
            LOG.info("draining; a second signal ends the process at once");
            long startedNanos = System.nanoTime();
            gateway.drain().onComplete(done -> {
                LOG.info("drained in {} ms", (System.nanoTime() - startedNanos) / 1_000_000);
                gone.countDown();
            });
        });
        return gone;
    }

    private static String readyLine(GatewayConfig config, Gateway gateway, ConnectionBudget.Granted budget) {
        return "ws=" + config.listen().host() + ":" + gateway.ports() + " api="
                + config.api().host() + ":"
                + gateway.apiPort() + " connections<=" + budget.connectionsMax() + " (" + budget.arithmetic()
                + ") loops="
                + config.loops().count() + (config.loops().ownTables() ? " (a descriptor table each)" : "")
                + " transport="
                + gateway.transport() + " pid="
                + ProcessHandle.current().pid();
    }

    private static ConnectionBudget.Granted budget(GatewayConfig config) throws StartException {
        ConnectionBudget budget = ConnectionBudget.of(new ConnectionBudget.Ask(
                config.limits().connectionsMax(),
                HostFacts.descriptorLimit(),
                config.loops().count(),
                Runtime.getRuntime().availableProcessors(),
                config.listen().ports().size(),
                () -> tablesRefused(config)));
        return switch (budget) {
            case ConnectionBudget.Granted granted -> granted;
            case ConnectionBudget.Refused(String error) -> throw new StartException(ExitCode.ENVIRONMENT, error);
        };
    }

    private static Optional<String> tablesRefused(GatewayConfig config) {
        return config.loops().ownTables()
                ? ParkedHub.tablesRefused(config.loops().transport())
                : Optional.of("descriptor_tables=off");
    }
}
