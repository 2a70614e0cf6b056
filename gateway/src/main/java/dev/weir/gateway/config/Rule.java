package dev.weir.gateway.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What one setting may be: how its text is read, the legal range, and the words for both.
 *
 * <p><b>Threading:</b> immutable.
 *
 * @param <T> the type of a value
 */
sealed interface Rule<T> {
    /** What a value must be, as it stands after "must" in an error: {@code be a size of 4k to 64m}. */
    String says();

    /**
     * Reads one value.
     *
     * @return the value, or empty when the text breaks the rule
     */
    Optional<T> read(String text);

    /** The text that {@link #read} turns into this value again. */
    String print(T value);

    /** Any text that matches a pattern. */
    record Text(Pattern pattern, String says) implements Rule<String> {
        @Override
        public Optional<String> read(String text) {
            return pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty();
        }

        @Override
        public String print(String value) {
            return value;
        }
    }

    /** {@code true} or {@code false}. */
    record Switch() implements Rule<Boolean> {
        @Override
        public String says() {
            return "be true or false";
        }

        @Override
        public Optional<Boolean> read(String text) {
            return switch (text) {
                case "true" -> Optional.of(true);
                case "false" -> Optional.of(false);
                default -> Optional.empty();
            };
        }

        @Override
        public String print(Boolean value) {
            return value.toString();
        }
    }

    /** A plain number, {@code 15k} = 15,000. */
    record Count(int min, int max) implements Rule<Integer> {
        @Override
        public String says() {
            return "be a number of " + Units.countText(min) + " to " + Units.countText(max);
        }

        @Override
        public Optional<Integer> read(String text) {
            return within(Units.count(text), min, max).map(Math::toIntExact);
        }

        @Override
        public String print(Integer value) {
            return Units.countText(value);
        }
    }

    /** Bytes, {@code 64k} = 65,536; zero only where it means something. */
    record Size(long min, long max, boolean zeroAllowed) implements Rule<Long> {
        @Override
        public String says() {
            return "be a size of " + Units.sizeText(min) + " to " + Units.sizeText(max) + (zeroAllowed ? ", or 0" : "");
        }

        @Override
        public Optional<Long> read(String text) {
            OptionalLong bytes = Units.size(text);
            return zeroAllowed && bytes.equals(OptionalLong.of(0)) ? Optional.of(0L) : within(bytes, min, max);
        }

        @Override
        public String print(Long value) {
            return Units.sizeText(value);
        }
    }

    /** A time with its unit; zero only where it means "none". */
    record Time(Duration min, Duration max, boolean zeroAllowed, boolean wholeSeconds) implements Rule<Duration> {
        @Override
        public String says() {
            return "be a time with its unit of " + Units.timeText(min) + " to " + Units.timeText(max)
                    + (wholeSeconds ? " in whole seconds" : "") + (zeroAllowed ? ", or 0" : "");
        }

        @Override
        public Optional<Duration> read(String text) {
            return Units.time(text).filter(this::allows);
        }

        private boolean allows(Duration time) {
            if (time.isZero()) {
                return zeroAllowed;
            }
            boolean inRange = time.compareTo(min) >= 0 && time.compareTo(max) <= 0;
            return inRange && !(wholeSeconds && time.toMillisPart() != 0);
        }

        @Override
        public String print(Duration value) {
            return Units.timeText(value);
        }
    }

    /** Events per second, {@code 500/s}. */
    record Rate(int min, int max) implements Rule<Integer> {
        @Override
        public String says() {
            return "be a rate of " + Units.countText(min) + "/s to " + Units.countText(max) + "/s";
        }

        @Override
        public Optional<Integer> read(String text) {
            return within(Units.ratePerSecond(text), min, max).map(Math::toIntExact);
        }

        @Override
        public String print(Integer value) {
            return Units.countText(value) + "/s";
        }
    }

    /** One port, a range or a list of both: {@code 8000}, {@code 8000-8003}, {@code 8000,8010-8012}. */
    record Ports(int portsMax) implements Rule<List<Integer>> {
        private static final Pattern PART = Pattern.compile("(\\d{1,5})(-(\\d{1,5}))?");

        @Override
        public String says() {
            return "be ports of 0 to 65535 as 8000, 8000-8003 or 8000,8002, each once and at most " + portsMax;
        }

        @Override
        public Optional<List<Integer>> read(String text) {
            List<Integer> ports = new ArrayList<>();
            for (String part : text.split(",", -1)) {
                var matcher = PART.matcher(part.strip());
                if (!matcher.matches()) {
                    return Optional.empty();
                }
                int first = Integer.parseInt(matcher.group(1));
                int last = matcher.group(3) == null ? first : Integer.parseInt(matcher.group(3));
                if (last < first || last > 65_535 || ports.size() + last - first >= portsMax) {
                    return Optional.empty();
                }
                for (int port = first; port <= last; port++) {
                    ports.add(port);
                }
            }
            // Port 0 may stand more than once: each is a port of its own, chosen by the kernel.
            List<Integer> named = ports.stream().filter(port -> port != 0).toList();
            return named.stream().distinct().count() == named.size()
                    ? Optional.of(List.copyOf(ports))
                    : Optional.empty();
        }

        @Override
        public String print(List<Integer> value) {
            return String.join(",", value.stream().map(String::valueOf).toList());
        }
    }

    /** One of a closed set of words. */
    record Choice(List<String> words) implements Rule<String> {
        @Override
        public String says() {
            return "be one of " + String.join(", ", words);
        }

        @Override
        public Optional<String> read(String text) {
            return words.contains(text) ? Optional.of(text) : Optional.empty();
        }

        @Override
        public String print(String value) {
            return value;
        }
    }

    /** Values separated by commas, each matching a pattern; the empty text is the empty list. */
    record Texts(Pattern pattern, String says) implements Rule<List<String>> {
        @Override
        public Optional<List<String>> read(String text) {
            List<String> values = text.isBlank()
                    ? List.of()
                    : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
            return values.stream().allMatch(pattern.asMatchPredicate()) ? Optional.of(values) : Optional.empty();
        }

        @Override
        public String print(List<String> value) {
            return String.join(",", value);
        }
    }

    private static Optional<Long> within(OptionalLong value, long min, long max) {
        return value.isPresent() && value.getAsLong() >= min && value.getAsLong() <= max
                ? Optional.of(value.getAsLong())
                : Optional.empty();
    }
}
