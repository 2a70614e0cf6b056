package dev.weir.loadgen.evidence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of the kernel log that names a resource.
 *
 * @param message which
 * @param pid of the process that was killed, 0 in other lines
 * @param task its name, empty in other lines
 * @param group its control group of memory, empty in other lines and where the kernel did not say
 * @param residentBytes what was resident of it in user space, 0 where the line does not say
 */
record KernelLine(Message message, long pid, String task, String group, long residentBytes) {
    private static final Pattern KILLED = Pattern.compile("Killed process (\\d+) \\(([^)]*)\\).*?anon-rss:(\\d+)kB");
    private static final Pattern FIELD = Pattern.compile("(task_memcg|task|pid)=([^,\\s]*)");
    private static final long KILOBYTE = 1_024;

    /**
     * Messages that name a resource.
     *
     * <p><b>Source:</b> mm/oom_kill.c, net/netfilter/nf_conntrack_core.c, net/ipv4/tcp.c ({@code tcp_check_oom}), net/ipv4/tcp_input.c
     * ({@code tcp_syn_flood_action}); each but the last was also seen. The kernel prints at most some ten of a kind in five seconds: count with counters.
     */
    enum Message {
        OOM_KILL("oom-kill:"),
        OOM_VICTIM("Killed process "),
        CONNTRACK_FULL("nf_conntrack: table full"),
        TCP_OUT_OF_MEMORY("TCP: out of memory"),
        TOO_MANY_ORPHANS("too many orphaned sockets"),
        SYN_FLOOD("ossible SYN flooding");

        private final String part;

        Message(String part) {
            this.part = part;
        }

        /** The key in the record, e.g. {@code oom-kill}. */
        String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Parses one line with or without its time stamp; empty when it names no resource. */
    static Optional<KernelLine> parse(String line) {
        return Arrays.stream(Message.values())
                .filter(message -> line.contains(message.part))
                .findFirst()
                .map(message -> switch (message) {
                    case OOM_KILL -> kill(line);
                    case OOM_VICTIM -> victim(line);
                    case CONNTRACK_FULL, TCP_OUT_OF_MEMORY, TOO_MANY_ORPHANS, SYN_FLOOD ->
                        new KernelLine(message, 0, "", "", 0);
                });
    }

    private static KernelLine kill(String line) {
        long pid = 0;
        String task = "";
        String group = "";
        Matcher fields = FIELD.matcher(line);
        while (fields.find()) {
            switch (fields.group(1)) {
                case "pid" -> pid = Long.parseLong(fields.group(2));
                case "task" -> task = fields.group(2);
                default -> group = fields.group(2);
            }
        }
        return new KernelLine(Message.OOM_KILL, pid, task, group, 0);
    }

    private static KernelLine victim(String line) {
        Matcher killed = KILLED.matcher(line);
        return killed.find()
                ? new KernelLine(
                        Message.OOM_VICTIM,
                        Long.parseLong(killed.group(1)),
                        killed.group(2),
                        "",
                        Long.parseLong(killed.group(3)) * KILOBYTE)
                : new KernelLine(Message.OOM_VICTIM, 0, "", "", 0);
    }
}
