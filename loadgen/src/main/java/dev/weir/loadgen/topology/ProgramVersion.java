package dev.weir.loadgen.topology;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Asks a program for its version. */
final class ProgramVersion {
    private ProgramVersion() {}

    /**
     * E.g. {@code 1.22.1}; empty when it does not say.
     *
     * @param program executable file
     * @param flag that makes it say its version
     * @param before what stands before the version
     */
    static String of(Path program, String flag, String before) {
        try {
            Process process = new ProcessBuilder(program.toString(), flag)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int at = said.indexOf(before);
            return at < 0 ? "" : said.substring(at + before.length()).split("\\s", 2)[0];
        } catch (IOException e) {
            return "";
        }
    }
}
