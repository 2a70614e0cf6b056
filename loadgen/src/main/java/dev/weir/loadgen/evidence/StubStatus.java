package dev.weir.loadgen.evidence;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page of nginx's {@code stub_status}.
 *
 * @param active connections, waiting ones included; too high by those of workers that were killed
 * @param accepts accepted since start
 * @param handled handled since start; fewer than accepted when slots ran out
 */
record StubStatus(long active, long accepts, long handled, long waiting) {
    private static final Pattern PAGE = Pattern.compile(
            "Active connections:\\s*(\\d+)\\s+server accepts handled requests\\s+(\\d+)\\s+(\\d+)\\s+\\d+\\s+Reading:\\s*\\d+\\s+Writing:\\s*\\d+\\s+Waiting:\\s*(\\d+)");

    static Optional<StubStatus> parse(String text) {
        Matcher matcher = PAGE.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        return Optional.of(new StubStatus(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                Long.parseLong(matcher.group(4))));
    }
}
