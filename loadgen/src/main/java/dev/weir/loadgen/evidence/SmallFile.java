package dev.weir.loadgen.evidence;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads whole small files of {@code /proc}, whose sizes the file system does not know. */
final class SmallFile {
    /** <b>Bounds:</b> what is read of one file. */
    static final int BYTES_MAX = 1 << 20;

    /** Most of them fit; a stream of {@code java.nio} takes three times as long over it. */
    private static final int BYTES_AT_ONCE = 8 << 10;

    private SmallFile() {}

    /**
     * The file's text.
     *
     * @throws IOException with a message that names the file and the reason
     */
    static String text(Path path) throws IOException {
        try (FileInputStream in = new FileInputStream(path.toString())) {
            byte[] bytes = new byte[BYTES_AT_ONCE];
            int length = in.read(bytes);
            int last = length;
            while (last > 0 && length < BYTES_MAX) {
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, Math.min(BYTES_MAX, 4 * bytes.length));
                }
                last = in.read(bytes, length, bytes.length - length);
                length += Math.max(0, last);
            }
            return new String(bytes, 0, Math.max(0, length), StandardCharsets.UTF_8);
        } catch (FileNotFoundException cannotOpen) {
            throw Files.exists(path) ? cannotOpen : new IOException(path + " does not exist", cannotOpen);
        }
    }
}
