package dev.weir.proxy.profile;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The closed set of kinds of value that a setting can have; each knows its range and says what breaks it. */
public sealed interface ValueType {

    /** One word for the table of settings. */
    String label();

    /** The valid range, for the table of settings. */
    String range();

    /**
     * The rule that a value breaks.
     *
     * @param text the value as written
     * @return the rule, in the form "must …", or empty when the value is legal
     */
    Optional<String> brokenRule(String text);

    /** Bytes, written {@code 4096}, {@code 4k} or {@code 2m}. */
    record Size(long bytesMin, long bytesMax) implements ValueType {
        @Override
        public String label() {
            return "size";
        }

        @Override
        public String range() {
            return Units.size(bytesMin) + ".." + Units.size(bytesMax);
        }

        @Override
        public Optional<String> brokenRule(String text) {
            if (text.matches("\\d+[gG]")) {
                return Optional.of("must be a size in bytes, k or m, as 64k");
            }
            return outside(Units.bytes(text), bytesMin, bytesMax)
                    ? Optional.of("must be a size in " + range() + ", as 64k")
                    : Optional.empty();
        }
    }

    /** A duration with a unit, written {@code 500ms}, {@code 60s} or {@code 15m}; a multiple of its resolution. */
    record Time(long millisMin, long millisMax, long millisResolution) implements ValueType {
        @Override
        public String label() {
            return "time";
        }

        @Override
        public String range() {
            return Units.time(millisMin) + ".." + Units.time(millisMax);
        }

        @Override
        public Optional<String> brokenRule(String text) {
            var millis = Units.millis(text);
            if (Units.withoutUnit(text)) {
                return Optional.of("must have a unit, as " + text + "s");
            }
            if (outside(millis, millisMin, millisMax)) {
                return Optional.of("must be a time in " + range() + ", as 60s");
            }
            return millis.orElseThrow() % millisResolution == 0
                    ? Optional.empty()
                    : Optional.of("must be a multiple of " + Units.time(millisResolution));
        }
    }

    /** A whole number. */
    record Count(long min, long max) implements ValueType {
        @Override
        public String label() {
            return "count";
        }

        @Override
        public String range() {
            return min + ".." + max;
        }

        @Override
        public Optional<String> brokenRule(String text) {
            var number = text.matches("\\d{1,12}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
            return outside(number, min, max) ? Optional.of("must be a count in " + range()) : Optional.empty();
        }
    }

    /** {@code on} or {@code off}. */
    record Flag() implements ValueType {
        @Override
        public String label() {
            return "flag";
        }

        @Override
        public String range() {
            return "on|off";
        }

        @Override
        public Optional<String> brokenRule(String text) {
            return text.equals("on") || text.equals("off") ? Optional.empty() : Optional.of("must be on or off");
        }
    }

    /** One of a few words. */
    record Choice(List<String> words) implements ValueType {
        @Override
        public String label() {
            return "choice";
        }

        @Override
        public String range() {
            return String.join("|", words);
        }

        @Override
        public Optional<String> brokenRule(String text) {
            return words.contains(text) ? Optional.empty() : Optional.of("must be one of " + String.join(", ", words));
        }
    }

    /** A number of buffers and the size of each, written {@code 4 8k}. */
    record Buffers(int numberMin, int numberMax, long bytesMax) implements ValueType {
        @Override
        public String label() {
            return "buffers";
        }

        @Override
        public String range() {
            return numberMin + ".." + numberMax + " 1k.." + Units.size(bytesMax);
        }

        @Override
        public Optional<String> brokenRule(String text) {
            var buffers = BufferSet.parse(text);
            var legal = buffers.isPresent()
                    && buffers.get().number() >= numberMin
                    && buffers.get().number() <= numberMax
                    && buffers.get().bytes() >= 1_024
                    && buffers.get().bytes() <= bytesMax;
            return legal ? Optional.empty() : Optional.of("must be a number and a size in " + range() + ", as 8 4k");
        }
    }

    /** Addresses of this machine, separated by commas. */
    record Addresses() implements ValueType {
        private static final Pattern ADDRESS =
                Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}|(?=.*:)[0-9a-fA-F:.]{2,45}");

        @Override
        public String label() {
            return "list";
        }

        @Override
        public String range() {
            return "IP addresses of this machine, comma between";
        }

        @Override
        public Optional<String> brokenRule(String text) {
            var addresses = List.of(text.split(",", -1));
            var legal =
                    addresses.stream().allMatch(each -> ADDRESS.matcher(each).matches())
                            && addresses.stream().distinct().count() == addresses.size();
            return legal
                    ? Optional.empty()
                    : Optional.of("must list distinct IP addresses with a comma between, as 127.0.0.2,127.0.0.3");
        }
    }

    /** TCP keepalive of accepted sockets, written {@code off}, {@code on} or {@code idle:interval:count}. */
    record Keepalive() implements ValueType {
        private static final Pattern PROBES = Pattern.compile("\\d{1,5}[smh]?:\\d{1,5}[smh]?:\\d{1,3}");

        @Override
        public String label() {
            return "keepalive";
        }

        @Override
        public String range() {
            return "on|off|idle:interval:count";
        }

        @Override
        public Optional<String> brokenRule(String text) {
            return text.equals("on")
                            || text.equals("off")
                            || PROBES.matcher(text).matches()
                    ? Optional.empty()
                    : Optional.of("must be on, off or idle:interval:count, as 60s:10s:3");
        }
    }

    private static boolean outside(OptionalLong value, long min, long max) {
        return value.isEmpty() || value.getAsLong() < min || value.getAsLong() > max;
    }
}
