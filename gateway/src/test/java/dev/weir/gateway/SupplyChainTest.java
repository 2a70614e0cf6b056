package dev.weir.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.lang.Runtime.Version;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/**
 * The oldest libraries that may be run.
 *
 * <p><b>Source:</b> CVE-2026-6860 (Vert.x, fixed in 5.0.12) and CVE-2026-89044 (Netty, fixed in 4.2.18).
 */
final class SupplyChainTest {
    @Test
    void shouldRunOnAVertxWithItsFixes() throws IOException {
        try (InputStream in = resource("/META-INF/vertx/vertx-version.txt", Vertx.class)) {
            String version = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();

            assertThat(Version.parse(version)).isGreaterThanOrEqualTo(Version.parse("5.0.12"));
        }
    }

    @Test
    void shouldRunOnNettyPartsOfOneVersionWithItsFixes() throws IOException {
        Properties versions = new Properties();
        // One such file in each jar of Netty; the class loader gives them all.
        for (var url : java.util.Collections.list(
                SupplyChainTest.class.getClassLoader().getResources("META-INF/io.netty.versions.properties"))) {
            try (InputStream in = url.openStream()) {
                versions.load(in);
            }
        }
        Collection<String> parts = versions.stringPropertyNames().stream()
                .filter(name -> name.endsWith(".version"))
                .map(versions::getProperty)
                .map(version -> version.replace(".Final", ""))
                .distinct()
                .toList();

        assertThat(parts).singleElement().satisfies(version -> assertThat(Version.parse(version))
                .isGreaterThanOrEqualTo(Version.parse("4.2.18")));
    }

    private static InputStream resource(String name, Class<?> neighbour) {
        InputStream in = neighbour.getResourceAsStream(name);
        assertThat(in).as(name).isNotNull();
        return java.util.Objects.requireNonNull(in);
    }
}
