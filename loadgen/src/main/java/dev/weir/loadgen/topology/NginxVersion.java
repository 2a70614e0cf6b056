package dev.weir.loadgen.topology;

import dev.weir.proxy.nginx.NginxBinary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Asks an nginx for its version. */
final class NginxVersion {
    private static final String BEFORE = "nginx/";

    private NginxVersion() {}

    /** E.g. {@code 1.22.1}; empty when it does not say. */
    static String of(NginxBinary nginx) {
        try {
            Process process = new ProcessBuilder(nginx.file().toString(), "-v")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int at = said.indexOf(BEFORE);
            return at < 0 ? "" : said.substring(at + BEFORE.length()).split("\\s", 2)[0];
        } catch (IOException e) {
            return "";
        }
    }
}
