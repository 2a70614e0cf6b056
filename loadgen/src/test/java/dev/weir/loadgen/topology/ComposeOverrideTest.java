package dev.weir.loadgen.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.loadgen.scenario.Chain;
import dev.weir.loadgen.scenario.Confinement;
import dev.weir.loadgen.scenario.HopNetwork;
import dev.weir.loadgen.scenario.Network;
import dev.weir.loadgen.scenario.Surroundings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComposeOverrideTest {
    private static final String CONFIG = """
            {"services": {"render": {"command": ["proxy", "render", "--at=edge=edge:8080", "--at=ingress=172.30.80.3:8100-8103"]}}}
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
                        "[\"proxy\",\"render\",\"--at=edge=edge:8080\",\"--at=ingress=172.30.80.3:8100-8103\",\"--set=edge.proxy_buffer_size=2m\",\"--set=ingress.sndbuf=16k\"]");
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
    void shouldGiveAHopTheSettingsAndPortsOfItsNetwork() throws JsonProcessingException {
        Network network = new Network.Namespaces(
                Map.of(
                        "edge",
                        HopNetwork.PLAIN.withSysctls(Map.of("net.ipv4.ip_local_port_range", "40000 40119")),
                        "ingress",
                        HopNetwork.PLAIN.withListening(2)),
                Optional.empty());

        JsonNode services = override(Map.of(), Surroundings.NONE.on(network));

        assertThat(services.path("edge").path("sysctls").toString())
                .isEqualTo("{\"net.ipv4.ip_local_port_range\":\"40000 40119\"}");
        assertThat(services.path("ingress").has("sysctls")).isFalse();
        assertThat(services.path("render").path("command").toString())
                .isEqualTo("[\"proxy\",\"render\",\"--at=edge=edge:8080\",\"--at=ingress=172.30.80.3:8100-8101\"]");
    }

    @Test
    void shouldDoubleADollarWhichComposeTakesForAVariable() throws JsonProcessingException {
        JsonNode services = override(Map.of("edge.proxy_bind", "$remote_addr transparent"), Surroundings.NONE);

        assertThat(services.path("render").path("command").toString())
                .contains("--set=edge.proxy_bind=$$remote_addr transparent");
    }
}
