package dev.weir.loadgen.plan;

import dev.weir.loadgen.outcome.Host;
import dev.weir.proxy.capacity.PortRange;

/** Reads the limits of a host, which are text. */
record HostText(Host host) {
    private static final int CAP_SYS_ADMIN = 21;

    /** The first number of a limit, capped at what a long holds; another value when there is none. */
    long number(String name, long otherwise) {
        return parsed(words(name)[0], otherwise);
    }

    /** The last number of a limit. */
    long last(String name, long otherwise) {
        String[] words = words(name);
        return parsed(words[words.length - 1], otherwise);
    }

    PortRange ports() {
        String[] words = words("net.ipv4.ip_local_port_range");
        return words.length == 2
                ? new PortRange(Integer.parseInt(words[0]), Integer.parseInt(words[1]))
                : PortRange.LINUX_DEFAULT;
    }

    /** <b>Source:</b> {@code alloc_empty_file} of fs/file_table.c lets CAP_SYS_ADMIN pass {@code fs.file-max}. */
    boolean mayExceedFileMax() {
        String set = host.limits().getOrDefault("capabilities", "0");
        return (Long.parseUnsignedLong(set, 16) >> CAP_SYS_ADMIN & 1) == 1;
    }

    private String[] words(String name) {
        return host.limits().getOrDefault(name, "").strip().split("\\s+", -1);
    }

    private static long parsed(String word, long otherwise) {
        if (!word.matches("\\d+")) {
            return otherwise;
        }
        return word.length() > 18 ? Long.MAX_VALUE : Long.parseLong(word);
    }
}
