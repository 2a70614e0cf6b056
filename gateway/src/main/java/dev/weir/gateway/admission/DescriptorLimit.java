package dev.weir.gateway.admission;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the effective limit on open files out of {@code /proc/PID/limits}.
 *
 * <p>The soft limit in force counts, not {@code ulimit -n} of some shell: the JVM raises its soft limit to the hard one at start.
 *
 * <p><b>Threading:</b> pure functions. <b>Source:</b> proc_pid_limits(5).
 */
public final class DescriptorLimit {
    private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files\\s+(\\d+|unlimited)\\s");

    private DescriptorLimit() {}

    /**
     * The soft limit on open files.
     *
     * @param procLimits text of {@code /proc/PID/limits}
     * @return descriptors, {@link Long#MAX_VALUE} when unlimited; empty when the text has no such line
     */
    public static OptionalLong parse(String procLimits) {
        Matcher matcher = OPEN_FILES.matcher(procLimits);
        if (!matcher.find()) {
            return OptionalLong.empty();
        }
        String soft = matcher.group(1);
        return OptionalLong.of(soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft));
    }
}
