package dev.weir.loadgen.evidence;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * One line of nginx's error log.
 *
 * @param at the line's own time stamp, in the proxy's time zone, to the second
 * @param level {@code info}, {@code error}, {@code alert} …
 * @param messageClass which known message it is, empty for any other
 * @param message the text after the process id
 */
record NginxLogLine(LocalDateTime at, String level, Optional<LogClass> messageClass, String message) {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss");
    private static final int STAMP_LENGTH = 19;

    /** Parses {@code 2026/11/21 09:56:24 [info] 6126#6126: *9 upstream timed out …}; empty for another form. */
    static Optional<NginxLogLine> parse(String line) {
        int open = line.indexOf('[');
        int close = line.indexOf(']', open + 1);
        int colon = line.indexOf(": ", close + 1);
        if (open != STAMP_LENGTH + 1 || close < 0 || colon < 0) {
            return Optional.empty();
        }
        try {
            String message = line.substring(colon + 2);
            return Optional.of(new NginxLogLine(
                    LocalDateTime.parse(line.substring(0, STAMP_LENGTH), STAMP),
                    line.substring(open + 1, close),
                    LogClass.of(message),
                    message));
        } catch (DateTimeParseException otherForm) {
            return Optional.empty();
        }
    }

    /** The signal of {@code worker process N exited on signal S}, -1 when the line is another. */
    int signal() {
        int at = message.indexOf(" exited on signal ");
        if (at < 0) {
            return -1;
        }
        String digits = message.substring(at + " exited on signal ".length()).split("\\D", 2)[0];
        return digits.isEmpty() ? -1 : Integer.parseInt(digits);
    }
}
