package dev.weir.proxy.profile;

import java.util.Optional;

/**
 * A number of buffers of one size, as {@code proxy_buffers 8 4k} has them.
 *
 * @param number how many
 * @param bytes size of each
 */
public record BufferSet(int number, long bytes) {

    /** Reads {@code 8 4k}; empty when it is no such thing. */
    public static Optional<BufferSet> parse(String text) {
        var words = text.split("[ \t]+", -1);
        if (words.length != 2
                || !words[0].matches("\\d{1,6}")
                || Units.bytes(words[1]).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new BufferSet(Integer.parseInt(words[0]), Units.bytes(words[1]).getAsLong()));
    }

    /** All the buffers together, in bytes. */
    public long totalBytes() {
        return number * bytes;
    }

    @Override
    public String toString() {
        return number + " " + Units.size(bytes);
    }
}
