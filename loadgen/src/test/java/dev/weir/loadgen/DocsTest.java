package dev.weir.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.weir.loadgen.scenario.Scenario;
import dev.weir.loadgen.scenario.Scenarios;
import dev.weir.proxy.ProxyConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The documentation says nothing that the program does not know: commands, flags, scenarios, codes, settings, links.
 *
 * <p>Of the gateway only texts are read, since the lab does not compile against it.
 */
final class DocsTest {
    private static final Path HOME =
            Path.of(System.getProperty("weir.home", "..")).toAbsolutePath().normalize();
    private static final Path DOCS = HOME.resolve("docs");
    private static final Path GATEWAY = HOME.resolve("gateway/src/main/java/dev/weir/gateway");
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern SETTING = Pattern.compile("(?:of|none)\\(\\s*\"([a-z_]+)\"");
    private static final Pattern FLAG = Pattern.compile("\"(--?[A-Za-z-]+)\"");
    private static final Pattern CODE = Pattern.compile("[A-Z_0-9]+\\((\\d{3,4}), \"([^\"]+)\"");
    private static final Pattern METRIC =
            Pattern.compile("(?:gauge|counter|counters|name)\\(\\s*(?:prefix \\+ )?\"([a-z_]+)\"");
    private static final Pattern LAUNCHER_CASE = Pattern.compile("(?m)^  (test|--jdk)\\)$");

    @Test
    void shouldParseWhenACommandIsShown() throws IOException {
        DocumentedCommands commands = commands();
        List<MarkdownPage> pages = pages();

        List<String> problems =
                pages.stream().flatMap(page -> commands.problems(page).stream()).toList();

        assertThat(problems).isEmpty();
        assertThat(pages.stream().flatMap(page -> page.commands(DocumentedCommands.PROGRAM).stream()))
                .hasSizeGreaterThan(20);
    }

    @Test
    void shouldFailWhenAFlagDoesNotExist() throws IOException {
        assertThat(problems("./weir run hold --conections 5k")).contains("--conections");
        assertThat(problems("./weir gateway --ping 5s")).contains("the gateway has no --ping");
        assertThat(problems("./weir raise")).contains("raise");
        assertThat(problems("./weir load -c 5k")).contains("--target");
    }

    @Test
    void shouldFailWhenANameDoesNotExist() throws IOException {
        assertThat(problems("./weir run holt")).contains("there is no scenario holt");
        assertThat(problems("./weir run hold --variant broken")).contains("hold has no variant broken");
        assertThat(problems("./weir proxy render --profile tunes")).contains("there is no profile tunes");
        assertThat(problems("./weir run hold --set edge.proxy_buffer=64k")).contains("proxy_buffer");
        assertThat(problems("./weir run hold --set gateway.ping=5s")).contains("gateway.ping");
    }

    @Test
    void shouldFindCommandsWhenTheyStandInBlocksAndSentences() {
        MarkdownPage page = MarkdownPage.of("""
                Type `./weir demo` or:
                ```
                $ ./weir run hold \\
                    -c 5k   # five thousand
                ./weir status --json | head
                weir is no command here
                ```
                """);

        assertThat(page.commands("./weir"))
                .extracting(MarkdownPage.Found::line, found -> ShellWords.split(found.text()))
                .containsExactlyInAnyOrder(
                        tuple(1, List.of("./weir", "demo")),
                        tuple(3, List.of("./weir", "run", "hold", "-c", "5k")),
                        tuple(5, List.of("./weir", "status", "--json")));
    }

    @Test
    void shouldHaveOnePageWhenThereIsAScenario() throws IOException {
        Set<String> scenarios =
                new TreeSet<>(Scenarios.all().stream().map(Scenario::name).toList());

        Set<String> documented = new TreeSet<>();
        for (Path path : markdown(DOCS.resolve("scenarios"))) {
            documented.add(path.getFileName().toString().replaceFirst("\\.md$", ""));
        }

        assertThat(documented).isEqualTo(scenarios);
    }

    @Test
    void shouldLeadSomewhereWhenALinkIsRelative() throws IOException {
        List<String> dead = new ArrayList<>();
        for (MarkdownPage page : pages()) {
            for (MarkdownPage.Found link : page.links()) {
                if (!leadsSomewhere(page, link.text())) {
                    dead.add(page.path() + ":" + link.line() + ": " + link.text());
                }
            }
        }

        assertThat(dead).isEmpty();
    }

    @Test
    void shouldParseWhenABlockIsYamlOrJson() throws IOException {
        for (MarkdownPage page : pages()) {
            for (MarkdownPage.Block block : page.blocks()) {
                assertThatCode(() -> parse(block))
                        .as(page.path() + ":" + block.line())
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void shouldBeListedWhenTheGatewayHasASettingCodeOrMetric() throws IOException {
        String settings = Files.readString(DOCS.resolve("gateway.md"));
        String protocol = Files.readString(DOCS.resolve("protocol.md"));

        assertThat(settingKeys()).hasSizeGreaterThan(20).allSatisfy(key -> assertThat(settings)
                .contains("| `" + key + "` |"));
        for (String file :
                List.of("protocol/ErrorCode.java", "protocol/DisconnectCode.java", "server/frame/Violation.java")) {
            assertThat(rows(file)).isNotEmpty().allSatisfy(row -> assertThat(protocol)
                    .contains(row));
        }
        assertThat(found(METRIC, "api/NodeCollector.java"))
                .hasSizeGreaterThan(15)
                .allSatisfy(name -> assertThat(protocol).contains("`" + name));
    }

    private static String problems(String command) throws IOException {
        return String.join("\n", commands().problems(MarkdownPage.of("```\n" + command + "\n```\n")));
    }

    private static DocumentedCommands commands() throws IOException {
        Set<String> flags = new HashSet<>(found(FLAG, "CommandLineForm.java"));
        settingKeys().forEach(key -> flags.add("--" + key.replace('_', '-')));
        Set<String> launcher = LAUNCHER_CASE
                .matcher(Files.readString(HOME.resolve("weir")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        return new DocumentedCommands(flags, launcher, ProxyConfig.at(HOME.resolve("proxy-config")));
    }

    private static List<String> settingKeys() throws IOException {
        return found(SETTING, "config/Settings.java");
    }

    private static List<String> found(Pattern pattern, String file) throws IOException {
        return pattern.matcher(Files.readString(GATEWAY.resolve(file)))
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    /** Rows that the table of a catalogue must have. */
    private static List<String> rows(String file) throws IOException {
        return CODE.matcher(Files.readString(GATEWAY.resolve(file)))
                .results()
                .map(match -> "| " + match.group(1) + " | " + match.group(2) + " |")
                .toList();
    }

    private static boolean leadsSomewhere(MarkdownPage page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path folder = page.path().resolveSibling(".");
        Path target =
                parts[0].isEmpty() ? page.path() : folder.resolve(parts[0]).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return parts.length == 1 || MarkdownPage.read(target).anchors().contains(parts[1]);
    }

    private static void parse(MarkdownPage.Block block) throws IOException {
        switch (block.language()) {
            case "json" -> JSON.readTree(block.text());
            case "yaml", "yml" -> YAML.readTree(block.text());
            default -> {
                // Shell, output and the like have no form to check.
            }
        }
    }

    private static List<MarkdownPage> pages() throws IOException {
        List<MarkdownPage> pages = new ArrayList<>();
        if (Files.exists(HOME.resolve("README.md"))) {
            pages.add(MarkdownPage.read(HOME.resolve("README.md")));
        }
        for (Path path : markdown(DOCS)) {
            pages.add(MarkdownPage.read(path));
        }
        return pages;
    }

    private static List<Path> markdown(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }
}
