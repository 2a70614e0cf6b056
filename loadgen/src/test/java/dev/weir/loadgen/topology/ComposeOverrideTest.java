package dev.weir.loadgen.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.loadgen.scenario.Chain;
import dev.weir.loadgen.scenario.Confinement;
import dev.weir.loadgen.scenario.Surroundings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComposeOverrideTest {
    private static final String CONFIG = """
            {"services": {"render": {"command": ["proxy", "render", "--at=edge=edge:8080"]}}}
            """;

    private static JsonNode override(Map<String, String> settings, Surroundings around) throws JsonProcessingException {
        Chain chain = new Chain(1, 1, 1, "tuned", settings, 500).in(around);
        String text = ComposeOverride.text(chain, JsonMapper.builder().build().readTree(CONFIG));
        return YAMLMapper.builder().build().readTree(text).path("services");
    }

    @Test
    void shouldRenderWhatTheFilesSayWithTheScenariosOwnSettings() throws JsonProcessingException {
        JsonNode services = override(
                Map.of("edge.proxy_buffer_size", "2m", "ingress.sndbuf", "16k", "gateway.ping_interval", "10m"),
                Surroundings.NONE);

        assertThat(services.path("render").path("command").toString())
                .isEqualTo(
                        "[\"proxy\",\"render\",\"--at=edge=edge:8080\",\"--set=edge.proxy_buffer_size=2m\",\"--set=ingress.sndbuf=16k\"]");
        assertThat(services.path("gateway")
                        .path("environment")
                        .path("WEIR_PING_INTERVAL")
                        .asText())
                .isEqualTo("10m");
    }

    @Test
    void shouldLimitAContainerAsTheScenarioLimitsItsProcesses() throws JsonProcessingException {
        JsonNode services = override(
                Map.of(),
                Surroundings.NONE
                        .confine("edge", Confinement.NONE.withMemory(48 << 20))
                        .confine("gateway", Confinement.NONE.withOpenFiles(620)));

        assertThat(services.path("edge").path("mem_limit").asLong()).isEqualTo(48 << 20);
        assertThat(services.path("edge").path("memswap_limit").asLong()).isEqualTo(48 << 20);
        assertThat(services.path("ingress").path("mem_limit").asLong()).isEqualTo(1 << 30);
        assertThat(services.path("gateway").has("mem_limit")).isFalse();
        assertThat(services.path("gateway")
                        .path("ulimits")
                        .path("nofile")
                        .path("hard")
                        .asInt())
                .isEqualTo(620);
    }

    @Test
    void shouldDoubleADollarWhichComposeTakesForAVariable() throws JsonProcessingException {
        JsonNode services = override(Map.of("edge.proxy_bind", "$remote_addr transparent"), Surroundings.NONE);

        assertThat(services.path("render").path("command").toString())
                .contains("--set=edge.proxy_bind=$$remote_addr transparent");
    }
}
