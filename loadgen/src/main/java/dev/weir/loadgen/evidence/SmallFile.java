package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
        try (InputStream in = Files.newInputStream(path)) {
            return new String(in.readNBytes(BYTES_MAX), StandardCharsets.UTF_8);
        } catch (NoSuchFileException absent) {
            throw new IOException(path + " does not exist", absent);
        }
    }
}
