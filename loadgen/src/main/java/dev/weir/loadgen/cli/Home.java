package dev.weir.loadgen.cli;

import dev.weir.loadgen.error.LabException;
import dev.weir.loadgen.topology.ProxyBinaries;
import dev.weir.proxy.ProxyConfig;
import dev.weir.proxy.haproxy.HaproxyBinary;
import dev.weir.proxy.nginx.NginxBinary;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where Weir lives: the folder of the launcher, with the templates and profiles that users edit. */
final class Home {
    private static final String PROPERTY = "weir.home";

    private Home() {}

    /** The folder; the launcher names it, else it is the current one. */
    static Path folder() {
        return Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath().normalize();
    }

    /** Templates and profiles. */
    static ProxyConfig proxies() {
        return ProxyConfig.at(folder().resolve("proxy-config"));
    }

    private static NginxBinary nginx() {
        return NginxBinary.find(
                System.getenv().getOrDefault("NGINX_BIN", ""), System.getenv().getOrDefault("PATH", ""));
    }

    /** The programs that can stand at a proxy hop. */
    static ProxyBinaries binaries() {
        return new ProxyBinaries(Home::nginx, Home::haproxy);
    }

    private static HaproxyBinary haproxy() {
        return HaproxyBinary.find(
                System.getenv().getOrDefault("HAPROXY_BIN", ""), System.getenv().getOrDefault("PATH", ""));
    }

    /** The running JDK's {@code java}. */
    static Path java() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        if (!Files.isExecutable(java)) {
            throw LabException.environment("the running JDK must have a java program: missing=" + java);
        }
        return java;
    }
}
