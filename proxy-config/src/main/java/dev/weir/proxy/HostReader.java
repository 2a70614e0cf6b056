package dev.weir.proxy;

import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.capacity.PortRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Reads what this machine allows, from {@code /proc}.
 *
 * <p>The limit that counts is the one in force, not the one in a configuration file: a value above {@code fs.nr_open} is silently not
 * applied (field report A).
 */
public final class HostReader {

    private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files\\s+\\S+\\s+(\\d+|unlimited)");
    private static final Pattern RANGE = Pattern.compile("\\s*(\\d+)\\s+(\\d+)\\s*");
    private static final int TEXT_BYTES_MAX = 8_192;
    private static final int DESCRIPTORS_UNREAD = 1_024;
    private static final int DESCRIPTORS_MAX = 1_073_741_816;

    private HostReader() {}

    /** The limits of this process, which an nginx started by it inherits; Linux's defaults where they cannot be read. */
    public static HostLimits limits() {
        return new HostLimits(
                descriptors(read("/proc/self/limits")),
                ports(read("/proc/sys/net/ipv4/ip_local_port_range")),
                Runtime.getRuntime().availableProcessors());
    }

    /** The hard limit on open files in the text of {@code /proc/PID/limits}. */
    static int descriptors(String limits) {
        var match = OPEN_FILES.matcher(limits);
        if (!match.find()) {
            return DESCRIPTORS_UNREAD;
        }
        var hard = match.group(1);
        return hard.equals("unlimited") || hard.length() > 9 ? DESCRIPTORS_MAX : Math.max(64, Integer.parseInt(hard));
    }

    /** The range in the text of {@code ip_local_port_range}. */
    static PortRange ports(String range) {
        var match = RANGE.matcher(range);
        return match.matches()
                ? new PortRange(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)))
                : PortRange.LINUX_DEFAULT;
    }

    /** In one read: a file under {@code /proc/sys} answers nothing to a second one, and {@link Files#readString} begins with one byte. */
    private static String read(String file) {
        try (var input = Files.newInputStream(Path.of(file))) {
            var bytes = new byte[TEXT_BYTES_MAX];
            var length = input.read(bytes);
            return new String(bytes, 0, Math.max(0, length), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "";
        }
    }
}
