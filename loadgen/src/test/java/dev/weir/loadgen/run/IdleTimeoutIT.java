package dev.weir.loadgen.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Cause;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import dev.weir.loadgen.scenario.IdleTimeout;
import dev.weir.proxy.ProxyConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class IdleTimeoutIT {
    private static final int CONNECTIONS = 1_000;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldBeCutByTheEdgeWhenNothingIsSent() {
        RunRecord record = Lab.run(new IdleTimeout(), "broken", Lab.wish(CONNECTIONS, Map.of()), folder);

        Lab.assertAsExpected(record);
        Cause top = Lab.assertWellFounded(record);
        assertThat(top.resource()).isEqualTo(Resource.IDLE_TIMEOUT);
        assertThat(top.hop()).isEqualTo("edge");
        assertThat(top.says()).containsPattern("(2\\.[6-9]|3\\.[0-4]) s after the last byte");
    }

    @Test
    void shouldHoldWithThePublishedTimeouts() {
        RunRecord record = Lab.run(new IdleTimeout(), "fixed", Lab.wish(CONNECTIONS, Map.of()), folder);

        Lab.assertAsExpected(record);
        assertThat(record.phases().getLast().connections().heldAtEnd()).isEqualTo(CONNECTIONS);
    }

    @Test
    void shouldHoldWithHeartbeatsBelowTheOldTimeout() {
        RunRecord record = Lab.run(new IdleTimeout(), "heartbeat", Lab.wish(CONNECTIONS, Map.of()), folder);

        Lab.assertAsExpected(record);
        assertThat(record.phases().getLast().connections().heldAtEnd()).isEqualTo(CONNECTIONS);
    }

    @Test
    void shouldQuoteAValueThatWasWrittenIntoTheTemplateByHand() throws IOException {
        Path proxies = copyOf(Lab.home().resolve("proxy-config"), folder.resolve("proxy-config"));
        Path template = proxies.resolve("templates/edge-nginx.conf.peb");
        String text = Files.readString(template);
        Files.writeString(template, text.replaceAll("proxy_read_timeout [^;]*;", "proxy_read_timeout 2s;"));

        RunRecord record = Lab.run(
                ProxyConfig.at(proxies),
                new IdleTimeout(),
                "broken",
                Lab.wish(CONNECTIONS, Map.of()),
                folder.resolve("run"));

        Lab.assertAsExpected(record);
        // The clocks of a busy machine differ by a little; the profile's 3 s are further away.
        assertThat(record.causes().getFirst().says()).containsPattern("(1\\.[6-9]|2\\.[0-4]) s after the last byte");
        assertThat(record.requested()).containsEntry("edge.proxy_read_timeout", "3s");
        assertThat(record.actual()).containsEntry("edge.proxy_read_timeout", "2s");
    }

    private static Path copyOf(Path from, Path to) throws IOException {
        for (String part : new String[] {"templates", "profiles"}) {
            Files.createDirectories(to.resolve(part));
            try (Stream<Path> files = Files.list(from.resolve(part))) {
                for (Path file : files.toList()) {
                    Files.copy(file, to.resolve(part).resolve(file.getFileName()));
                }
            }
        }
        return to;
    }
}
