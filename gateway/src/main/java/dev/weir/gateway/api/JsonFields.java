package dev.weir.gateway.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of one JSON object, each kept as the bytes it was sent as: a payload goes through this server unchanged, with its
 * spaces, its number forms and its repeated keys.
 *
 * <p><b>Threading:</b> immutable; pure functions. <b>Bounds:</b> values nest at most {@value #DEPTH_MAX} deep.
 */
final class JsonFields {
    static final int DEPTH_MAX = 100;

    // Detection of UTF-16 and UTF-32 is off: it would take a body that is not UTF-8, and lose the byte offsets.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
            .build();

    /** A field that is absent, of another type or present twice. */
    static final class FieldException extends Exception {
        private final String rule;

        FieldException(String rule) {
            super(rule);
            this.rule = rule;
        }

        /** What the field must be. */
        String rule() {
            return rule;
        }
    }

    private final Map<String, byte[]> values;
    private final List<String> repeated;

    private JsonFields(Map<String, byte[]> values, List<String> repeated) {
        this.values = values;
        this.repeated = repeated;
    }

    static JsonFields none() {
        return new JsonFields(Map.of(), List.of());
    }

    /**
     * Takes an object apart.
     *
     * @param json the whole body
     * @throws IOException when it is not exactly one JSON object in UTF-8
     */
    static JsonFields parse(byte[] json) throws IOException {
        requireUtf8(json);
        Map<String, byte[]> values = new LinkedHashMap<>();
        List<String> repeated = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (values.put(name, rawValue(json, parser)) != null) {
                    repeated.add(name);
                }
            }
            if (parser.nextToken() != null) {
                throw new IOException("more than one value");
            }
        }
        return new JsonFields(values, repeated);
    }

    /** Whether {@code json} is one JSON value in UTF-8. */
    static boolean isValue(byte[] json) {
        try (JsonParser parser = JSON.createParser(json)) {
            requireUtf8(json);
            if (parser.nextToken() == null) {
                return false;
            }
            rawValue(json, parser);
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Whether a field is there with another value than the one that means "not set". */
    boolean isSet(String name) {
        return raw(name)
                .filter(value -> !ZERO_VALUES.contains(new String(value, StandardCharsets.UTF_8)))
                .isPresent();
    }

    private static final List<String> ZERO_VALUES = List.of("null", "false", "0", "\"\"", "{}", "[]");

    /** A field's value as it was sent. */
    Optional<byte[]> raw(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A string field, empty when it is absent. */
    String text(String name) throws FieldException {
        byte[] value = single(name);
        return value.length == 0 ? "" : decode(name, value);
    }

    /** A list of strings, empty when it is absent. */
    List<String> texts(String name) throws FieldException {
        byte[] value = single(name);
        if (value.length == 0) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(value)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new FieldException(name + " must be a list of strings");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.VALUE_STRING) {
                    throw new FieldException(name + " must be a list of strings");
                }
                texts.add(parser.getText());
            }
            return texts;
        } catch (IOException e) {
            throw new FieldException(name + " must be a list of strings: " + e.getMessage());
        }
    }

    /** A whole number, {@code fallback} when it is absent. */
    int number(String name, int fallback) throws FieldException {
        byte[] value = single(name);
        if (value.length == 0) {
            return fallback;
        }
        String digits = new String(value, StandardCharsets.UTF_8);
        if (!digits.matches("-?\\d{1,9}")) {
            throw new FieldException(name + " must be a whole number");
        }
        return Integer.parseInt(digits);
    }

    /** An object, without fields when it is absent. */
    JsonFields object(String name) throws FieldException {
        byte[] value = single(name);
        if (value.length == 0 || Arrays.equals(value, NULL)) {
            return none();
        }
        try {
            return parse(value);
        } catch (IOException e) {
            throw new FieldException(name + " must be an object: " + e.getMessage());
        }
    }

    private static final byte[] NULL = "null".getBytes(StandardCharsets.UTF_8);

    /** The bytes of a field, none when it is absent; a field that stands twice would mean two things. */
    private byte[] single(String name) throws FieldException {
        if (repeated.contains(name)) {
            throw new FieldException(name + " must stand once");
        }
        return values.getOrDefault(name, new byte[0]);
    }

    private static String decode(String name, byte[] value) throws FieldException {
        try (JsonParser parser = JSON.createParser(value)) {
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                throw new FieldException(name + " must be a string");
            }
            return parser.getText();
        } catch (IOException e) {
            throw new FieldException(name + " must be a string: " + e.getMessage());
        }
    }

    private static byte[] rawValue(byte[] json, JsonParser parser) throws IOException {
        int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        if (parser.currentToken() == null) {
            throw new IOException("a value is missing");
        }
        if (parser.currentToken().isStructStart()) {
            parser.skipChildren();
        } else {
            parser.finishToken();
        }
        int end = Math.toIntExact(parser.currentLocation().getByteOffset());
        return Arrays.copyOfRange(json, start, end);
    }

    private static void requireUtf8(byte[] json) throws CharacterCodingException {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
    }
}
