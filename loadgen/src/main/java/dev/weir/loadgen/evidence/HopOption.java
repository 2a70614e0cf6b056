package dev.weir.loadgen.evidence;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** The option {@code --hop NAME=pid:N[,kind=nginx|haproxy|gateway|other][,log=PATH][,status=URL][,metrics=URL]}. */
public final class HopOption {
    private static final String FORM = "NAME=pid:N[,kind=..][,log=PATH][,status=URL][,metrics=URL]";

    private HopOption() {}

    /**
     * Reads one option.
     *
     * @param text the option's value
     * @param kindOf kind by pid, asked only when the option does not say
     * @return the hop, its ports unknown
     * @throws IllegalArgumentException when the text has another form; the message is meant for the user
     */
    public static HopTarget parse(String text, LongFunction<HopKind> kindOf) {
        int equals = text.indexOf('=');
        if (equals <= 0 || !text.startsWith("pid:", equals + 1)) {
            throw error("have the form " + FORM, text, "");
        }
        String name = text.substring(0, equals);
        String[] parts = text.substring(equals + 1).split(",", -1);
        long pid = pid(parts[0].substring("pid:".length()), text);
        HopTarget target = HopTarget.ofProcess(name, kind(parts, pid, text, kindOf), pid);
        for (int i = 1; i < parts.length; i++) {
            target = with(target, parts[i], text);
        }
        return target;
    }

    private static HopTarget with(HopTarget target, String part, String text) {
        int equals = part.indexOf('=');
        String key = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        return switch (key) {
            case "kind" -> target;
            case "log" -> target.withErrorLog(path(value, text));
            case "status" -> target.withStatus(http(key, value, text));
            case "metrics" -> target.withMetrics(http(key, value, text));
            default -> throw error("have the keys kind, log, status, metrics", text, "key=" + key);
        };
    }

    private static HopKind kind(String[] parts, long pid, String text, LongFunction<HopKind> kindOf) {
        for (String part : parts) {
            if (part.startsWith("kind=")) {
                String id = part.substring("kind=".length());
                return Arrays.stream(HopKind.values())
                        .filter(kind -> kind.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> error("have a kind of " + kinds(), text, "kind=" + id));
            }
        }
        return kindOf.apply(pid);
    }

    private static String kinds() {
        return Arrays.stream(HopKind.values()).map(HopKind::id).collect(Collectors.joining(", "));
    }

    private static long pid(String digits, String text) {
        try {
            long pid = Long.parseLong(digits);
            if (pid > 0) {
                return pid;
            }
        } catch (NumberFormatException notNumeric) {
            throw error("have a process id after pid:", text, "pid=" + digits);
        }
        throw error("have a process id > 0", text, "pid=" + digits);
    }

    private static Path path(String value, String text) {
        try {
            if (!value.isEmpty()) {
                return Path.of(value);
            }
        } catch (InvalidPathException notPath) {
            throw error("have a path after log=", text, "log=" + value);
        }
        throw error("have a path after log=", text, "log=");
    }

    private static URI http(String key, String value, String text) {
        try {
            URI uri = URI.create(value);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException notUri) {
            throw error("have an http URL after " + key + "=", text, key + "=" + value);
        }
        throw error("have an http URL after " + key + "=", text, key + "=" + value);
    }

    private static IllegalArgumentException error(String rule, String text, String found) {
        return new IllegalArgumentException(
                "hop must " + rule + ": " + (found.isEmpty() ? "" : found + " in ") + "--hop " + text);
    }
}
