package dev.weir.loadgen.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a run must leave as it was: namespaces, interfaces, packet rules, those settings of the whole host that it changes. */
record HostState(String namespaces, String links, String rules, String settings) {
    static HostState read() throws IOException {
        return new HostState(
                words("ip", "netns", "list"),
                words("ip", "-o", "link").replaceAll("@\\S+|state \\S+|mode \\S+", ""),
                words("sh", "-c", "iptables-save | grep -v '^#' | sed 's/\\[.*\\]//'"),
                words("sysctl", "net.netfilter.nf_conntrack_max", "net.ipv4.ip_forward"));
    }

    static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    private static String words(String... command) throws IOException {
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
