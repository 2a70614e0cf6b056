package dev.weir.loadgen.client;

import io.netty.channel.unix.Errors.NativeIoException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the errno behind an exception of a socket.
 *
 * <p>Netty's native transport carries the number in one exception type only, and in the message of others; NIO has just the message.
 */
final class Errno {
    private static final Pattern NUMBER = Pattern.compile("error\\((-?\\d+)\\)");

    /** <b>Source:</b> include/uapi/asm-generic/errno.h of Linux. */
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(9, "EBADF"),
            Map.entry(12, "ENOMEM"),
            Map.entry(13, "EACCES"),
            Map.entry(22, "EINVAL"),
            Map.entry(23, "ENFILE"),
            Map.entry(24, "EMFILE"),
            Map.entry(32, "EPIPE"),
            Map.entry(97, "EAFNOSUPPORT"),
            Map.entry(98, "EADDRINUSE"),
            Map.entry(99, "EADDRNOTAVAIL"),
            Map.entry(101, "ENETUNREACH"),
            Map.entry(103, "ECONNABORTED"),
            Map.entry(104, "ECONNRESET"),
            Map.entry(105, "ENOBUFS"),
            Map.entry(110, "ETIMEDOUT"),
            Map.entry(111, "ECONNREFUSED"),
            Map.entry(113, "EHOSTUNREACH"));

    private record Phrase(String text, String name) {}

    private static final List<Phrase> PHRASES = List.of(
            new Phrase("Connection refused", "ECONNREFUSED"),
            new Phrase("Cannot assign requested address", "EADDRNOTAVAIL"),
            new Phrase("Address already in use", "EADDRINUSE"),
            new Phrase("Too many open files in system", "ENFILE"),
            new Phrase("Too many open files", "EMFILE"),
            new Phrase("Connection reset", "ECONNRESET"),
            new Phrase("Broken pipe", "EPIPE"),
            new Phrase("Connection timed out", "ETIMEDOUT"),
            new Phrase("No route to host", "EHOSTUNREACH"),
            new Phrase("Network is unreachable", "ENETUNREACH"),
            new Phrase("No buffer space available", "ENOBUFS"));

    private Errno() {}

    /** The symbolic name, e.g. {@code EADDRNOTAVAIL}; {@code E<number>} when it is none of the usual; empty when there is no errno. */
    static String of(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String name = ofOne(cause);
            if (!name.isEmpty()) {
                return name;
            }
        }
        return "";
    }

    private static String ofOne(Throwable cause) {
        if (cause instanceof NativeIoException nativeCause) {
            return named(nativeCause.expectedErr());
        }
        String message = String.valueOf(cause.getMessage());
        Matcher number = NUMBER.matcher(message);
        if (number.find()) {
            return named(Integer.parseInt(number.group(1)));
        }
        return PHRASES.stream()
                .filter(phrase -> message.contains(phrase.text()))
                .findFirst()
                .map(Phrase::name)
                .orElse("");
    }

    private static String named(int number) {
        int positive = Math.abs(number);
        return NAMES.getOrDefault(positive, "E" + positive);
    }

    /** Whether any message tells that it was bind, not connect, that failed. */
    static boolean isOfBind(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).startsWith("bind(")) {
                return true;
            }
        }
        return false;
    }
}
