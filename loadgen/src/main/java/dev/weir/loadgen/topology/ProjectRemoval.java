package dev.weir.loadgen.topology;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Network;
import dev.weir.loadgen.error.LabException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Removes what compose made for a project: containers, networks, volumes. Images stay.
 *
 * <p>Who was killed while it started a project may have left an order with the engine that is carried out a moment later: removal ends when
 * nothing is found twice. <b>Bounds:</b> {@link #PATIENCE}.
 *
 * <p><b>Threading:</b> a thread that is not interrupted: see {@link Unhindered}.
 */
final class ProjectRemoval {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int LOOKS = 2;

    private final ContainerEngine engine;
    private final DockerClient client;
    private final String project;
    private Optional<String> refusal = Optional.empty();

    private ProjectRemoval(ContainerEngine engine, String project) {
        this.engine = engine;
        this.client = engine.client();
        this.project = project;
    }

    /**
     * Removes a project.
     *
     * @throws IOException when its engine does not answer or keeps some of it; not when the engine is gone with all that it had
     */
    static void of(Trace.Project project) throws IOException {
        if (isGone(project.engine())) {
            return;
        }
        try (ContainerEngine engine = ContainerEngine.at(project.engine())) {
            new ProjectRemoval(engine, project.name()).run();
        } catch (LabException silent) {
            throw new IOException(silent.getMessage(), silent);
        } catch (RuntimeException e) {
            throw new IOException(ContainerEngine.words(e), e);
        }
    }

    /** An engine whose folder was removed has nothing any more. */
    private static boolean isGone(URI engine) {
        Path folder = Path.of(engine.getPath()).getParent();
        return folder == null || !Files.exists(folder);
    }

    /** Whether nothing can be removed before that engine runs again. */
    static boolean mustWait(URI engine) {
        return !isGone(engine) && !ContainerEngine.answers(engine);
    }

    private void run() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int empty = 0; empty < LOOKS; ) {
            empty = look() ? 0 : empty + 1;
            if (System.nanoTime() > deadline) {
                throw new IOException("the engine keeps some of it: " + refusal.orElse("no reason given"));
            }
            if (empty < LOOKS) {
                Unhindered.pause(PAUSE);
            }
        }
    }

    /** Removes what is there now; true when there was something. */
    private boolean look() {
        List<Container> containers = engine.listed(project);
        containers.forEach(each -> remove(() -> client.removeContainerCmd(each.getId())
                .withForce(true)
                .withRemoveVolumes(true)
                .exec()));
        List<String> label = List.of(ContainerEngine.PROJECT + "=" + project);
        List<Network> networks =
                client.listNetworksCmd().withFilter("label", label).exec();
        networks.forEach(
                each -> remove(() -> client.removeNetworkCmd(each.getId()).exec()));
        var volumes = Optional.ofNullable(client.listVolumesCmd()
                        .withFilter("label", label)
                        .exec()
                        .getVolumes())
                .orElse(List.of());
        volumes.forEach(
                each -> remove(() -> client.removeVolumeCmd(each.getName()).exec()));
        return !containers.isEmpty() || !networks.isEmpty() || !volumes.isEmpty();
    }

    /** What is refused, because something still uses it, is tried again. */
    private void remove(Runnable removal) {
        try {
            removal.run();
        } catch (NotFoundException gone) {
            return;
        } catch (DockerException busy) {
            refusal = Optional.of(ContainerEngine.words(busy));
        }
    }
}
