package dev.weir.loadgen.topology;

import dev.weir.loadgen.error.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The command line of a gateway process. The gateway is started as any server is: Weir's lab never loads its classes. */
public final class GatewayLaunch {
    private static final String MAIN = "dev.weir.gateway.Main";
    private static final int YOUNG_PART = 4;

    private final Path home;
    private final Path java;

    /**
     * @param home folder of Weir
     * @param java the {@code java} program
     */
    public GatewayLaunch(Path home, Path java) {
        this.home = home;
        this.java = java;
    }

    /**
     * The command.
     *
     * @param settings by name with underscores, e.g. {@code ping_interval}
     * @param flags what is not a setting, e.g. {@code --insecure}
     * @param heapBytes of its virtual machine, all of it taken at start; empty for what that decides itself
     * @throws LabException of kind ENVIRONMENT when the gateway has not been built
     */
    public List<String> command(Map<String, String> settings, List<String> flags, OptionalLong heapBytes) {
        Path target = home.resolve("gateway/target");
        Path jar = target.resolve("gateway.jar");
        if (!Files.exists(jar)) {
            throw LabException.environment("the gateway must be built: missing=" + jar + "; run ./weir --version");
        }
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.add("@" + home.resolve("gateway/jvm.options"));
        heapBytes.ifPresent(bytes -> command.addAll(heap(bytes)));
        Path cache = home.resolve("target/gateway.aot");
        if (Files.exists(cache)) {
            command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"));
        }
        command.addAll(List.of("-cp", classPath(jar, target.resolve("lib")), MAIN));
        command.addAll(flags);
        new TreeMap<>(settings).forEach((name, value) -> {
            command.add("--" + name.replace('_', '-'));
            command.add(value);
        });
        return command;
    }

    /** The file of options has sizes for a large heap: in a small one a quarter is for what dies young. */
    private static List<String> heap(long bytes) {
        long young = bytes / YOUNG_PART;
        return List.of("-Xms" + bytes, "-Xmx" + bytes, "-XX:NewSize=" + young, "-XX:MaxNewSize=" + young);
    }

    /** The gateway's version, from its jar; empty when it has none. */
    public String version() {
        try (JarFile jar =
                new JarFile(home.resolve("gateway/target/gateway.jar").toFile())) {
            Manifest manifest = jar.getManifest();
            String version = manifest == null
                    ? null
                    : manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
            return version == null ? "" : version;
        } catch (IOException e) {
            return "";
        }
    }

    private static String classPath(Path jar, Path libraries) {
        try (Stream<Path> files = Files.list(libraries)) {
            StringBuilder path = new StringBuilder(jar.toString());
            files.map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .forEach(name -> path.append(':').append(name));
            return path.toString();
        } catch (IOException e) {
            throw LabException.environment("the gateway's libraries must be readable: folder=" + libraries, e);
        }
    }
}
