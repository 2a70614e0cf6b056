package dev.weir.loadgen.topology;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Kernel settings by dotted name. */
final class Sysctls {
    private static final int BYTES_MAX = 4_096;

    private Sysctls() {}

    /** The file of a setting. */
    static Path file(String name) {
        return Path.of("/proc/sys", name.replace('.', '/'));
    }

    /** Its value, words apart by one space. In one read: such a file answers nothing to a second one. */
    static String read(String name) throws IOException {
        try (var input = Files.newInputStream(file(name))) {
            byte[] bytes = new byte[BYTES_MAX];
            int length = input.read(bytes);
            return new String(bytes, 0, Math.max(0, length), StandardCharsets.US_ASCII)
                    .strip()
                    .replaceAll("\\s+", " ");
        }
    }

    /** Sets it. */
    static void write(String name, String value) throws IOException {
        Files.writeString(file(name), value, StandardOpenOption.WRITE);
    }
}
