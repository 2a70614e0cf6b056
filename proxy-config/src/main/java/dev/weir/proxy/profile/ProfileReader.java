package dev.weir.proxy.profile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.weir.proxy.error.Nearest;
import dev.weir.proxy.error.ProxyConfigException;
import dev.weir.proxy.error.ProxyConfigException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads one profile from YAML text, reporting every problem with its line.
 *
 * <p><b>Threading:</b> one reader per profile; not shared.
 */
public final class ProfileReader {

    private static final String ALL_HOPS = "all";
    private static final String HAPROXY = ProxyKind.HAPROXY.label();
    private static final List<String> KEYS = Stream.concat(
                    Stream.of("name", "description", "source", "base", HAPROXY, ALL_HOPS), Hop.labels().stream())
            .toList();

    private final String file;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, Map<String, Profile.Entry>> sections = new LinkedHashMap<>();

    private ProfileReader(String file) {
        this.file = file;
    }

    /**
     * Reads a profile.
     *
     * @param file name of the file, for messages and to check the profile's own name
     * @param yaml its content
     * @throws ProxyConfigException of kind CONFIG with every problem found
     */
    public static Profile read(String file, String yaml) {
        var reader = new ProfileReader(file);
        try (var parser = YAMLFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build()
                .createParser(yaml)) {
            reader.readDocument(parser);
        } catch (JsonProcessingException e) {
            var line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw ProxyConfigException.config("profile must be YAML of unique keys: problem="
                    + e.getOriginalMessage().lines().findFirst().orElse("?") + " (" + file + ":" + line + ")");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reader.finish();
    }

    private void readDocument(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw ProxyConfigException.config("profile must be a map of keys: file=" + file);
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var key = parser.currentName();
            var line = parser.currentTokenLocation().getLineNr();
            var token = parser.nextToken();
            if (!KEYS.contains(key)) {
                problems.add("profile key must be known: key=" + key + where(line) + Nearest.remedy(key, KEYS));
                parser.skipChildren();
            } else if (key.equals(ALL_HOPS)
                    || key.equals(HAPROXY)
                    || Hop.labels().contains(key)) {
                readSection(parser, key, line, token);
            } else if (token.isScalarValue()) {
                texts.put(key, parser.getText().strip());
            } else {
                problems.add(key + " must be a text: " + key + "=" + token + where(line));
                parser.skipChildren();
            }
        }
    }

    private void readSection(JsonParser parser, String section, int line, JsonToken token) throws IOException {
        if (token != JsonToken.START_OBJECT) {
            problems.add(section + " must map settings to values: " + section + "=" + parser.getText() + where(line));
            parser.skipChildren();
            return;
        }
        var entries = sections.computeIfAbsent(section, name -> new LinkedHashMap<>());
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var key = parser.currentName();
            var entryLine = parser.currentTokenLocation().getLineNr();
            parser.nextToken();
            var entry = new Profile.Entry(valueText(parser), entryLine);
            var kind = section.equals(HAPROXY) ? ProxyKind.HAPROXY : ProxyKind.NGINX;
            SettingRules.problem(kind, section + "." + key, key, entry.text(), where(entryLine))
                    .ifPresentOrElse(problems::add, () -> entries.put(key, entry));
        }
    }

    /** A scalar as it is written, or the elements of a list with commas between. */
    private static String valueText(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            var text = parser.getText();
            parser.skipChildren();
            return text;
        }
        var elements = new ArrayList<String>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(parser.getText());
            parser.skipChildren();
        }
        return String.join(",", elements);
    }

    private Profile finish() {
        var name = texts.getOrDefault("name", "");
        if (!file.equals(name + ".yaml")) {
            problems.add("name must be that of the file without .yaml: name=" + name + " (" + file + ")");
        }
        for (var key : List.of("description", "source")) {
            if (texts.getOrDefault(key, "").isEmpty()) {
                problems.add(key + " must say something: " + key + "= (" + file + ")");
            }
        }
        if (!problems.isEmpty()) {
            throw new ProxyConfigException(Kind.CONFIG, problems);
        }
        var values = new EnumMap<Hop, Map<String, Profile.Entry>>(Hop.class);
        for (var hop : Hop.values()) {
            var merged = new LinkedHashMap<>(sections.getOrDefault(ALL_HOPS, Map.of()));
            merged.putAll(sections.getOrDefault(hop.label(), Map.of()));
            values.put(hop, Map.copyOf(merged));
        }
        return new Profile(
                name,
                texts.getOrDefault("description", ""),
                texts.getOrDefault("source", ""),
                Optional.ofNullable(texts.get("base")),
                values,
                sections.getOrDefault(HAPROXY, Map.of()));
    }

    private String where(int line) {
        return " (" + file + ":" + line + ")";
    }
}
