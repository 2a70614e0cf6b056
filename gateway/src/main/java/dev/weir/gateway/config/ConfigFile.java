package dev.weir.gateway.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A configuration file taken apart: a flat YAML mapping of names to scalars or lists of scalars, every value kept as it was
 * written and with its line.
 *
 * <p><b>Threading:</b> immutable; reading is a pure function of the text.
 *
 * @param values by key, in the order of the file
 * @param errors what is wrong with its shape
 */
record ConfigFile(Map<String, Given> values, List<String> errors) {
    private static final YAMLFactory YAML = new YAMLFactory();

    static ConfigFile parse(String name, String yaml) {
        Map<String, Given> values = new LinkedHashMap<>();
        List<String> errors = new ArrayList<>();
        try (JsonParser parser = YAML.createParser(yaml)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_OBJECT) {
                readMapping(name, parser, values, errors);
            } else if (first != null && first != JsonToken.VALUE_NULL) {
                errors.add("config must be a mapping of keys to values (" + name + ":1)");
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            String problem = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
            errors.add("config must be YAML: " + problem + " (" + name + ":" + line + ")");
        } catch (IOException e) {
            throw new AssertionError("text in memory cannot fail to be read", e);
        }
        return new ConfigFile(values, errors);
    }

    private static void readMapping(String name, JsonParser parser, Map<String, Given> values, List<String> errors)
            throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            String where = name + ":" + parser.currentTokenLocation().getLineNr();
            JsonToken token = parser.nextToken();
            String text = token == JsonToken.START_ARRAY ? readList(parser) : scalar(parser, token);
            if (text.equals(NESTED)) {
                errors.add(key + " must be one value or a list of values: " + key + "={...} (" + where
                        + "); the file is flat, see --print-config");
            } else if (values.putIfAbsent(key, new Given(text, where)) != null) {
                // Not its value: it may be a secret.
                errors.add(key + " must stand once (" + where + "); remove one");
            }
        }
    }

    /** Stands for a value that is itself a mapping, which no setting is; NUL cannot occur in YAML text. */
    private static final String NESTED = "\0";

    private static String readList(JsonParser parser) throws IOException {
        List<String> items = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            items.add(token == JsonToken.START_ARRAY ? skipped(parser) : scalar(parser, token));
            token = parser.nextToken();
        }
        return items.contains(NESTED) ? NESTED : String.join(",", items);
    }

    private static String scalar(JsonParser parser, JsonToken token) throws IOException {
        return token == JsonToken.START_OBJECT
                ? skipped(parser)
                : token == JsonToken.VALUE_NULL ? "" : parser.getText();
    }

    private static String skipped(JsonParser parser) throws IOException {
        parser.skipChildren();
        return NESTED;
    }
}
