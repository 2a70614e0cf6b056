package dev.weir.loadgen.topology;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.Frame;
import dev.weir.loadgen.error.LabException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes what a project's containers print, and what the engine says happened to them, into a file each: probes read those, and people.
 *
 * <p>A line of {@link #EVENTS} is the time, what happened and, of an end, the code: {@code 2026-11-21T06:13:00Z die exitCode=137}.
 *
 * <p><b>Threading:</b> made and closed by one thread; the files are written by threads of the engine's client.
 */
final class ContainerWatch implements AutoCloseable {
    static final String LOG = "container.log";
    static final String EVENTS = "container.events";

    private static final String EXIT_CODE = "exitCode";

    private final ContainerEngine engine;
    private final Map<String, Path> folders = new HashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Optional<String> death = Optional.empty();
    private boolean closed;

    /**
     * Watches a project from now on.
     *
     * @param engine of the project
     * @param project its name
     */
    ContainerWatch(ContainerEngine engine, String project) {
        this.engine = engine;
        ResultCallback.Adapter<Event> events = new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Event event) {
                note(event);
            }
        };
        engine.followEvents(project, events);
        open.add(events);
    }

    /**
     * Collects one container's words and fate.
     *
     * @param folder takes both files, made anew
     * @param fromStart whether what it has printed so far is wanted
     */
    void collect(ComposeContainer container, Path folder, boolean fromStart) {
        try {
            Files.deleteIfExists(folder.resolve(EVENTS));
            Files.createFile(folder.resolve(EVENTS));
            synchronized (this) {
                folders.put(container.service(), folder);
            }
            OutputStream log = Files.newOutputStream(folder.resolve(LOG));
            ResultCallback.Adapter<Frame> lines = new ResultCallback.Adapter<>() {
                @Override
                public void onNext(Frame frame) {
                    write(log, frame.getPayload());
                }
            };
            engine.followLog(container.id(), fromStart, lines);
            open.add(lines);
            open.add(log);
        } catch (IOException e) {
            throw LabException.environment("the run's folder must be writable: folder=" + folder + "; " + e, e);
        }
    }

    private synchronized void write(OutputStream log, byte[] bytes) {
        if (closed) {
            return;
        }
        try {
            log.write(bytes);
        } catch (IOException e) {
            death = death.or(() -> Optional.of("a container's log cannot be written any more: " + e.getMessage()));
        }
    }

    private synchronized void note(Event event) {
        String service = ContainerEngine.serviceOf(event);
        Path folder = folders.get(service);
        if (closed || folder == null) {
            return;
        }
        String action = String.valueOf(event.getAction());
        String code = ContainerEngine.attributes(event).getOrDefault(EXIT_CODE, "");
        try {
            Files.writeString(
                    folder.resolve(EVENTS), line(Instant.now(), action, code), java.nio.file.StandardOpenOption.APPEND);
        } catch (IOException e) {
            death = death.or(() -> Optional.of("a container's events cannot be written any more: " + e.getMessage()));
        }
        if (action.equals("die")) {
            death = death.or(() -> Optional.of(lastWords(service, folder, code)));
        }
    }

    /** One line of {@link #EVENTS}. */
    static String line(Instant at, String action, String exitCode) {
        return at + " " + action + (exitCode.isEmpty() ? "" : " " + EXIT_CODE + "=" + exitCode) + "\n";
    }

    private static String lastWords(String service, Path folder, String code) {
        String words;
        try {
            List<String> lines = Files.readString(folder.resolve(LOG), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            words = lines.isEmpty() ? "" : ": " + lines.getLast();
        } catch (IOException unread) {
            words = "";
        }
        return "the container of " + service + " ended by itself with exit code " + code + words;
    }

    /** The first container that ended by itself, in one sentence; empty while all live. */
    synchronized Optional<String> casualty() {
        return death;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception e) {
                throw LabException.environment("what a run collects must be closable: " + e, e);
            }
        }
        open.clear();
    }
}
