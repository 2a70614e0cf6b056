package dev.weir.gateway;

import dev.weir.gateway.admission.DescriptorLimit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The few things that the gateway reads of its host and of its own build.
 *
 * <p><b>Threading:</b> the main thread, at start.
 */
final class HostFacts {
    private static final String UNBUILT = "development";

    private HostFacts() {}

    /**
     * The effective limit on open files.
     *
     * @return descriptors; {@link Long#MAX_VALUE} when the host has no such limit or does not say
     */
    static long descriptorLimit() {
        try {
            return DescriptorLimit.parse(Files.readString(Path.of("/proc/self/limits")))
                    .orElse(Long.MAX_VALUE);
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    /** The host's name without asking a resolver, which may take seconds to say no. */
    static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }

    /** The version that the jar was built as; {@code development} when the classes do not come out of a jar. */
    static String version() {
        try (InputStream in = HostFacts.class.getResourceAsStream("/META-INF/maven/dev.weir/gateway/pom.properties")) {
            Properties build = new Properties();
            if (in != null) {
                build.load(in);
            }
            return build.getProperty("version", UNBUILT);
        } catch (IOException e) {
            return UNBUILT;
        }
    }
}
