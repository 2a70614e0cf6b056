package dev.weir.gateway.config;

import java.util.Map;

/**
 * A configuration together with where each value came from.
 *
 * @param config the validated whole
 * @param given every setting that has a value, by key
 */
public record EffectiveConfig(GatewayConfig config, Map<String, Given> given) {

    /** Where a setting was given: {@code weir.yaml:14}, {@code WEIR_PORT}, {@code --port} or {@code default}. */
    public String where(String key) {
        Given value = given.get(key);
        return value == null ? Given.DEFAULT : value.where();
    }

    /** The same settings from the same sources, with what the host decides resolved. */
    public EffectiveConfig with(GatewayConfig resolved) {
        return new EffectiveConfig(resolved, given);
    }

    /** A configuration file that gives these settings again, each with its source, range and meaning; the API key is left out. */
    public String print() {
        StringBuilder yaml = new StringBuilder("# Settings of this gateway, as a file for --config. In the environment "
                + "ping_interval is WEIR_PING_INTERVAL,\n# as a flag --ping-interval; flags win over the environment, which wins over "
                + "the file.\n");
        for (Setting<?> setting : Settings.ALL) {
            yaml.append("\n# ").append(setting.help()).append('\n');
            yaml.append("# ")
                    .append(setting.range())
                    .append("; ")
                    .append(origin(setting))
                    .append('\n');
            yaml.append(line(setting)).append('\n');
        }
        return yaml.toString();
    }

    private String origin(Setting<?> setting) {
        String where = where(setting.key());
        return where.equals(Given.DEFAULT)
                ? Given.DEFAULT
                : "from " + where + ", default "
                        + setting.fallback().filter(text -> !text.isEmpty()).orElse("none");
    }

    private String line(Setting<?> setting) {
        Given value = given.get(setting.key());
        if (value == null) {
            return "#" + setting.key() + ":";
        }
        return setting.isSecret()
                ? "#" + setting.key() + ": (set, not printed)"
                : setting.key() + ": " + quoted(value.text());
    }

    private static String quoted(String text) {
        return text.matches("[0-9A-Za-z_./][0-9A-Za-z_./,\\-]*") ? text : "\"" + text.replace("\\", "\\\\") + "\"";
    }
}
