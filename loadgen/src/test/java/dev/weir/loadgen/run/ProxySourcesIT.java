package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.scenario.Chain;
import dev.weir.loadgen.scenario.HopNetwork;
import dev.weir.loadgen.scenario.Network;
import dev.weir.loadgen.scenario.Surroundings;
import dev.weir.loadgen.topology.RunningChain;
import dev.weir.proxy.ProxyConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ProxySourcesIT {
    private static final int ADDRESSES = 3;
    private static final int REQUESTS = 40;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldConnectFromAllAddressesThatItsNamespaceHas() throws Exception {
        HopNetwork edge = HopNetwork.PLAIN.withAddresses(ADDRESSES);
        Network network = new Network.Namespaces(Map.of("edge", edge), Optional.empty());
        Chain chain = new Chain(1, 1, 1, "tuned", Map.of(), 100).in(Surroundings.NONE.on(network));
        Set<String> seen;
        try (RunningChain running = Lab.topology(ProxyConfig.at(Lab.home().resolve("proxy-config")))
                .inNamespaces()
                .start(chain, folder)) {
            URI target = running.targets().getFirst();
            URI http = URI.create("http://" + target.getAuthority() + target.getPath());
            for (int i = 0; i < REQUESTS; i++) {
                try (HttpClient client = HttpClient.newHttpClient()) {
                    int status = client.send(
                                    HttpRequest.newBuilder(http).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode();
                    assertThat(status)
                            .as("an answer of the gateway, not of a proxy that cannot bind")
                            .isLessThan(500);
                }
            }
        }
        seen = clients(folder.resolve("ingress/access.log"));
        assertThat(seen).as("sources of the edge, as the ingress logs them").hasSize(ADDRESSES);
    }

    private static Set<String> clients(Path log) throws Exception {
        Set<String> clients = new TreeSet<>();
        for (String line : Files.readAllLines(log)) {
            Pattern.compile("client=(\\d+\\.\\d+\\.\\d+\\.\\d+):")
                    .matcher(line)
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .forEach(clients::add);
        }
        return clients;
    }
}
