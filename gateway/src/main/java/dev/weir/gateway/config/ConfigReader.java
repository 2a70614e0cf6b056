package dev.weir.gateway.config;

import dev.weir.gateway.config.GatewayConfig.Access;
import dev.weir.gateway.config.GatewayConfig.Api;
import dev.weir.gateway.config.GatewayConfig.Drain;
import dev.weir.gateway.config.GatewayConfig.Heartbeat;
import dev.weir.gateway.config.GatewayConfig.Limits;
import dev.weir.gateway.config.GatewayConfig.Listen;
import dev.weir.gateway.config.GatewayConfig.Loops;
import dev.weir.gateway.config.GatewayConfig.SlowConsumer;
import dev.weir.gateway.config.GatewayConfig.Transport;
import dev.weir.gateway.fanout.SlowConsumerPolicy;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Turns file, environment and flags into one validated {@link GatewayConfig}, or into every reason why not.
 *
 * <p><b>Threading:</b> pure, but for {@link #ofProcess}, which alone reads the file and the environment.
 */
public final class ConfigReader {
    static final String ENVIRONMENT_PREFIX = "WEIR_";

    /** Variables of the launcher and the tools, which share the prefix and are no settings of a gateway. */
    private static final Set<String> NOT_SETTINGS = Set.of(
            "WEIR_AGENT_TOKEN", "WEIR_HOME", "WEIR_JAVA_HOME", "WEIR_JAVA_OPTS", "WEIR_NO_INSTALL", "WEIR_VERSION");

    /** What an orchestrator sets in every container beside a service that is called {@code weir}. */
    private static final Pattern SERVICE_LINKS = Pattern.compile("WEIR_(SERVICE_.*|PORT_\\d+_.*)");

    private final List<String> errors = new ArrayList<>();
    private final Map<String, Given> given = new LinkedHashMap<>();

    private ConfigReader() {}

    /**
     * Reads what this process was given.
     *
     * @param file the configuration file, when one was named
     * @param flags flags that were given, by setting key
     * @throws ConfigException when the file cannot be read, a key is unknown, or a value is out of its range
     */
    public static EffectiveConfig ofProcess(Optional<Path> file, Map<String, String> flags) throws ConfigException {
        Optional<Sources.File> text = file.isPresent() ? Optional.of(load(file.get())) : Optional.empty();
        return read(new Sources(text, System.getenv(), flags));
    }

    /**
     * Reads settings from their sources.
     *
     * @throws ConfigException with all errors at once
     */
    public static EffectiveConfig read(Sources sources) throws ConfigException {
        ConfigReader reader = new ConfigReader();
        reader.gather(sources);
        reader.checkEach();
        if (reader.errors.isEmpty()) {
            reader.checkTogether();
        }
        if (!reader.errors.isEmpty()) {
            throw new ConfigException(reader.errors);
        }
        return new EffectiveConfig(reader.build(), Map.copyOf(reader.given));
    }

    private static Sources.File load(Path file) throws ConfigException {
        try {
            return new Sources.File(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new ConfigException(List.of("config must name a file that exists: config=" + file + " (--config)"));
        } catch (CharacterCodingException e) {
            throw new ConfigException(List.of("config must be UTF-8: config=" + file + " (--config)"));
        } catch (IOException e) {
            throw new ConfigException(
                    List.of("config must be readable: config=" + file + " (--config); " + e.getMessage()));
        }
    }

    private void gather(Sources sources) {
        for (Setting<?> setting : Settings.ALL) {
            setting.fallback().ifPresent(text -> given.put(setting.key(), new Given(text, Given.DEFAULT)));
        }
        List<String> keys = Settings.ALL.stream().map(Setting::key).toList();
        sources.file().map(file -> ConfigFile.parse(file.name(), file.text())).ifPresent(file -> {
            errors.addAll(file.errors());
            file.values().forEach((key, value) -> take(keys, key, value));
        });
        List<String> names = Settings.ALL.stream().map(Setting::environmentName).toList();
        new TreeMap<>(sources.environment()).forEach((name, text) -> {
            if (name.startsWith(ENVIRONMENT_PREFIX)
                    && !NOT_SETTINGS.contains(name)
                    && !SERVICE_LINKS.matcher(name).matches()) {
                takeEnvironment(names, name, text);
            }
        });
        new TreeMap<>(sources.flags())
                .forEach((key, text) -> take(keys, key, new Given(text, "--" + key.replace('_', '-'))));
    }

    private void take(List<String> known, String key, Given value) {
        if (known.contains(key)) {
            given.put(key, value);
        } else {
            // Not its value: it may be a secret whose key was mistyped.
            errors.add(
                    key + " must be a known key (" + value.where() + "); the nearest is " + NearestKey.of(key, known));
        }
    }

    private void takeEnvironment(List<String> known, String name, String text) {
        if (known.contains(name)) {
            given.put(name.substring(ENVIRONMENT_PREFIX.length()).toLowerCase(Locale.ROOT), new Given(text, name));
        } else {
            errors.add(name + " must be a known variable (environment); the nearest is " + NearestKey.of(name, known));
        }
    }

    private void checkEach() {
        for (Setting<?> setting : Settings.ALL) {
            Given value = given.get(setting.key());
            if (value != null && setting.rule().read(value.text()).isEmpty()) {
                String shown = setting.isSecret() ? "(" + value.text().length() + " characters)" : value.text();
                errors.add(setting.key() + " must " + setting.rule().says() + ": " + setting.key() + "=" + shown + " ("
                        + value.where() + ")" + remedy(setting, value));
            }
        }
    }

    private static String remedy(Setting<?> setting, Given value) {
        if (value.where().equals("WEIR_PORT") && value.text().startsWith("tcp://")) {
            return "; a service named weir set it: give the pod enableServiceLinks: false";
        }
        return switch (setting.rule()) {
            case Rule.Time _
            when value.text().matches("[1-9]\\d*") -> "; write " + value.text() + "s or " + value.text() + "ms";
            case Rule.Rate _ when value.text().matches("\\d+[km]?") -> "; write " + value.text() + "/s";
            case Rule.Text _, Rule.Switch _, Rule.Count _, Rule.Size _, Rule.Time _, Rule.Rate _ -> "";
            case Rule.Ports _, Rule.Choice _, Rule.Texts _ -> "";
        };
    }

    /** The rules between settings, once each is within its own. */
    private void checkTogether() {
        Duration ping = value(Settings.PING_INTERVAL);
        Given pong = given(Settings.PONG_TIMEOUT);
        if (!ping.isZero() && value(Settings.PONG_TIMEOUT).compareTo(ping) >= 0) {
            if (pong.where().equals(Given.DEFAULT)) {
                given.put(Settings.PONG_TIMEOUT.key(), new Given(Units.timeText(ping.dividedBy(2)), Given.DEFAULT));
            } else {
                errors.add("pong_timeout must be < ping_interval: pong_timeout=" + pong.text() + " (" + pong.where()
                        + ") ping_interval=" + given(Settings.PING_INTERVAL).text());
            }
        }
        int apiPort = value(Settings.API_PORT);
        if (apiPort != 0 && value(Settings.PORT).contains(apiPort)) {
            errors.add("api_port must not be one of port: api_port=" + apiPort + " ("
                    + given(Settings.API_PORT).where() + ") port="
                    + given(Settings.PORT).text() + "; move one");
        }
    }

    private GatewayConfig build() {
        return new GatewayConfig(
                new Listen(value(Settings.HOST), value(Settings.PORT), value(Settings.BACKLOG)),
                new Api(
                        value(Settings.API_HOST),
                        value(Settings.API_PORT),
                        optional(Settings.API_KEY),
                        value(Settings.METRICS_PREFIX)),
                new Heartbeat(value(Settings.PING_INTERVAL), value(Settings.PONG_TIMEOUT)),
                new SlowConsumer(
                        value(Settings.SLOW_CONSUMER_BYTES),
                        policy(value(Settings.SLOW_CONSUMER_POLICY)),
                        Math.toIntExact(value(Settings.NOTSENT_LOWAT))),
                limits(),
                new Access(value(Settings.INSECURE), value(Settings.ALLOWED_ORIGINS)),
                new Drain(value(Settings.DRAIN_RATE), value(Settings.DRAIN_TIMEOUT)),
                new Loops(
                        value(Settings.LOOPS),
                        Transport.valueOf(value(Settings.TRANSPORT).toUpperCase(Locale.ROOT)),
                        value(Settings.DESCRIPTOR_TABLES).equals("auto"),
                        value(Settings.CLEANUP_SLICE)));
    }

    private Limits limits() {
        return new Limits(
                optional(Settings.MAX_CONNECTIONS),
                value(Settings.HANDSHAKE_TIMEOUT),
                value(Settings.CONNECT_TIMEOUT),
                Math.toIntExact(value(Settings.MAX_FRAME_SIZE)),
                value(Settings.MAX_SUBSCRIPTIONS),
                value(Settings.MAX_CHANNEL_LENGTH),
                value(Settings.MAX_PING_RATE),
                value(Settings.CLOSING_TIMEOUT));
    }

    private static SlowConsumerPolicy policy(String word) {
        return switch (word) {
            case "disconnect" -> new SlowConsumerPolicy.Disconnect();
            case "drop" -> new SlowConsumerPolicy.Drop();
            case "latest" -> new SlowConsumerPolicy.Latest();
            default -> throw new IllegalStateException("slow_consumer_policy was checked: " + word);
        };
    }

    private Given given(Setting<?> setting) {
        return Optional.ofNullable(given.get(setting.key())).orElseThrow();
    }

    private <T> T value(Setting<T> setting) {
        return optional(setting).orElseThrow();
    }

    private <T> Optional<T> optional(Setting<T> setting) {
        return Optional.ofNullable(given.get(setting.key()))
                .flatMap(value -> setting.rule().read(value.text()));
    }
}
