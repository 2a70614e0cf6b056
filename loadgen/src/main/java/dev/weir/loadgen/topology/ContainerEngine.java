package dev.weir.loadgen.topology;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Ulimit;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.weir.loadgen.error.LabException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Docker engine of this host, as far as the lab needs it.
 *
 * <p><b>Threading:</b> any thread; calls block for at most {@link #ANSWER_MAX}. What is followed arrives on a thread of the client's own.
 */
final class ContainerEngine implements AutoCloseable {
    /** The label of a container, network or volume that compose made, and for which project. */
    static final String PROJECT = "com.docker.compose.project";

    private static final String SERVICE = "com.docker.compose.service";
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    /** Engine 20.10. */
    private static final int API_MINOR_MIN = 41;

    private static final int LAST_WORDS = 5;

    private final URI host;
    private final DockerClient client;

    /** Its answers never end by themselves. */
    private final DockerClient stream;

    private ContainerEngine(URI host) {
        this.host = host;
        this.client = client(host, ANSWER_MAX);
        this.stream = client(host, Duration.ZERO);
    }

    private static DockerClient client(URI host, Duration answerMax) {
        DefaultDockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(host.toString())
                .withDockerTlsVerify(false)
                .build();
        ZerodepDockerHttpClient.Builder transport = new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .connectionTimeout(CONNECT_MAX);
        return DockerClientImpl.getInstance(
                config,
                answerMax.isZero()
                        ? transport.build()
                        : transport.responseTimeout(answerMax).build());
    }

    /**
     * The engine that {@code DOCKER_HOST} or the current context names, else the one of this system.
     *
     * @throws LabException of kind ENVIRONMENT when there is none on this host that answers, or it is too old
     */
    static ContainerEngine ofThisHost() {
        URI host = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerTlsVerify(false)
                .build()
                .getDockerHost();
        return at(host);
    }

    /** The engine at an address, checked as {@link #ofThisHost} does. */
    static ContainerEngine at(URI host) {
        if (!"unix".equals(host.getScheme())) {
            throw LabException.environment(
                    "the engine must be one of this host, whose processes the lab reads: DOCKER_HOST=" + host
                            + "; unset it, or name a unix socket");
        }
        Path socket = Path.of(host.getPath());
        if (!Files.exists(socket)) {
            throw LabException.environment(
                    "a Docker engine must run: missing=" + socket
                            + "; start it (systemctl start docker), install it (apt-get install docker.io), or set DOCKER_HOST");
        }
        if (!Files.isWritable(socket)) {
            throw LabException.environment("the engine's socket must be writable: socket=" + socket + "; run as root");
        }
        ContainerEngine engine = new ContainerEngine(host);
        try {
            engine.requireAge();
            return engine;
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /** Whether an engine answers there. */
    static boolean answers(URI host) {
        try (ContainerEngine engine = at(host)) {
            return engine.host.equals(host);
        } catch (LabException silent) {
            return false;
        }
    }

    private void requireAge() {
        String api;
        try {
            api = client.versionCmd().exec().getApiVersion();
        } catch (RuntimeException e) {
            throw LabException.environment(
                    "a Docker engine must answer: DOCKER_HOST=" + host + "; start it (systemctl start docker); "
                            + words(e),
                    e);
        }
        String[] parts = api.split("\\.", -1);
        if (parts[0].equals("1") && Integer.parseInt(parts[1]) < API_MINOR_MIN) {
            throw LabException.environment("the engine must speak API 1." + API_MINOR_MIN
                    + " or newer, as Docker 20.10 does: api=" + api + "; install a newer one");
        }
    }

    /** Where it is reached, as {@code DOCKER_HOST} has it. */
    URI host() {
        return host;
    }

    /** When an image was made; empty when it is not there. */
    Optional<Instant> imageMade(String name) {
        try {
            return Optional.of(Instant.parse(client.inspectImageCmd(name).exec().getCreated()));
        } catch (NotFoundException absent) {
            return Optional.empty();
        }
    }

    /** A project's containers, those that have ended too. */
    List<ComposeContainer> containers(String project) {
        return listed(project).stream()
                .flatMap(container -> inspected(container.getId()).stream())
                .toList();
    }

    /** Empty when it is gone meanwhile. */
    private Optional<ComposeContainer> inspected(String id) {
        try {
            return Optional.of(inspected(client.inspectContainerCmd(id).exec()));
        } catch (NotFoundException gone) {
            return Optional.empty();
        }
    }

    /** A project's containers as the engine lists them, those that have ended too. */
    List<Container> listed(String project) {
        return client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(PROJECT, project))
                .exec();
    }

    private static ComposeContainer inspected(InspectContainerResponse container) {
        InspectContainerResponse.ContainerState state = container.getState();
        Map<String, String> labels =
                Optional.ofNullable(container.getConfig().getLabels()).orElse(Map.of());
        String address = container.getNetworkSettings().getNetworks().values().stream()
                .map(ContainerNetwork::getIpAddress)
                .map(text -> orEmpty(text))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        String health =
                state.getHealth() == null ? "" : orEmpty(state.getHealth().getStatus());
        return new ComposeContainer(
                labels.getOrDefault(SERVICE, ""),
                container.getId(),
                Optional.ofNullable(state.getPidLong()).orElse(0L),
                address,
                orEmpty(state.getStatus()),
                health,
                Optional.ofNullable(state.getExitCodeLong()).orElse(0L),
                Arrays.asList(container.getArgs()),
                environment(container.getConfig().getEnv()),
                openFiles(container.getHostConfig()),
                Optional.ofNullable(container.getHostConfig().getSysctls()).orElse(Map.of()));
    }

    private static Map<String, String> environment(String @Nullable [] lines) {
        Map<String, String> variables = new HashMap<>();
        for (String line : lines == null ? new String[0] : lines) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                variables.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return variables;
    }

    private static long openFiles(HostConfig config) {
        for (Ulimit limit : config.getUlimits() == null ? new Ulimit[0] : config.getUlimits()) {
            if ("nofile".equals(limit.getName()) && limit.getHardLong() != null) {
                return limit.getHardLong();
            }
        }
        return 0;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The last lines that a container printed. */
    String lastWords(String id) {
        StringBuilder words = new StringBuilder();
        try (ResultCallback.Adapter<Frame> lines = new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Frame frame) {
                words.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
            }
        }) {
            client.logContainerCmd(id)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withTail(LAST_WORDS)
                    .exec(lines)
                    .awaitCompletion();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException unread) {
            return "(its log cannot be read: " + words(unread) + ")";
        }
        return words.toString().strip();
    }

    /**
     * Follows what a container prints.
     *
     * @param fromStart whether what it has printed so far comes first
     */
    void followLog(String id, boolean fromStart, ResultCallback.Adapter<Frame> into) {
        var command =
                stream.logContainerCmd(id).withStdOut(true).withStdErr(true).withFollowStream(true);
        (fromStart ? command.withTailAll() : command.withTail(0)).exec(into);
    }

    /** Follows what happens to a project's containers: those killed for memory, those that end, those that start. */
    void followEvents(String project, ResultCallback.Adapter<Event> into) {
        stream.eventsCmd()
                .withEventTypeFilter("container")
                .withLabelFilter(PROJECT + "=" + project)
                .withEventFilter("oom", "die", "start")
                .exec(into);
    }

    /** The service whose container an event is about. */
    static String serviceOf(Event event) {
        return attributes(event).getOrDefault(SERVICE, "");
    }

    /** What an event says beside its name. */
    static Map<String, String> attributes(Event event) {
        return event.getActor() == null || event.getActor().getAttributes() == null
                ? Map.of()
                : event.getActor().getAttributes();
    }

    /** Sends a signal to a container's first process. */
    void signal(String id, String signal) {
        client.killContainerCmd(id).withSignal(signal).exec();
    }

    /** The client, for who removes what a project left. */
    DockerClient client() {
        return client;
    }

    /** What an engine's refusal says, without the names of classes around it. */
    static String words(Throwable refusal) {
        Throwable root = refusal;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).strip();
    }

    @Override
    public void close() {
        try (client;
                stream) {
            // Both, whatever becomes of the other.
        } catch (IOException e) {
            throw LabException.environment("the connection to the engine must be closable: " + e, e);
        }
    }
}
