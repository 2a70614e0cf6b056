package dev.weir.loadgen.evidence;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads whole small files of {@code /proc}, whose sizes the file system does not know. */
final class SmallFile {
    /** <b>Bounds:</b> what is read of one file. */
    static final int BYTES_MAX = 1 << 20;

    private SmallFile() {}

    /**
     * The file's text.
     *
     * @throws IOException with a message that names the file and the reason
     */
    static String text(Path path) throws IOException {
        // A stream of java.nio takes three times as long over it.
        try (FileInputStream in = new FileInputStream(path.toString())) {
            return new String(in.readNBytes(BYTES_MAX), StandardCharsets.UTF_8);
        } catch (FileNotFoundException cannotOpen) {
            throw Files.exists(path) ? cannotOpen : new IOException(path + " does not exist", cannotOpen);
        }
    }
}
