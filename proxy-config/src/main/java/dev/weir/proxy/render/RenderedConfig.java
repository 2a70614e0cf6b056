package dev.weir.proxy.render;

import dev.weir.proxy.error.ProxyConfigException;
import dev.weir.proxy.profile.ProxyKind;
import dev.weir.proxy.profile.Resolved;
import dev.weir.proxy.syntax.NginxParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rendered configuration.
 *
 * @param request what it was rendered for
 * @param resolved the values that went into the template
 * @param text the configuration
 * @param origins where each line came from, {@code template:line}, indexed by line of the text from 0
 * @param effective the value of every setting as it stands in the text, so that a hand edit of the template is seen; the program's own
 *     default where the text has none. For most settings the key is the directive
 */
public record RenderedConfig(
        RenderRequest request, Resolved resolved, String text, List<String> origins, Map<String, String> effective) {
    private static final String TLS_BUFFER = "ssl_buffer_size";

    /** The same with the text that really runs, e.g. as a container has it; where its lines came from is not known then. */
    public RenderedConfig running(String other) {
        return new RenderedConfig(request, resolved, other, List.of(), effective(request, resolved, other));
    }

    /** The value of every setting as it stands in a text. */
    static Map<String, String> effective(RenderRequest request, Resolved resolved, String text) {
        if (request.kind() == ProxyKind.HAPROXY) {
            return HaproxyValues.of(text).effective();
        }
        var effective = new LinkedHashMap<>(EffectiveValues.of(NginxParser.parse(text)));
        if (request.wiring().tls().isEmpty()) {
            // Without TLS nothing of it is written, and nothing came out other than asked.
            effective.put(TLS_BUFFER, resolved.text(TLS_BUFFER));
        }
        return effective;
    }

    /**
     * Writes the configuration, and creates the folders that the program needs at start.
     *
     * @param file where to
     * @return the file
     * @throws ProxyConfigException of kind ENVIRONMENT when a folder or the file cannot be written
     */
    public Path write(Path file) {
        try {
            var parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectories(request.wiring().runDir().resolve("temp"));
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw ProxyConfigException.environment("rendered file must be writable: file=" + file + " (" + e + ")");
        }
    }

    /** Addresses of the next hop as they stand in the text, each once. */
    public List<String> upstreamServers() {
        return switch (request.kind()) {
            case NGINX -> EffectiveValues.servers(NginxParser.parse(text));
            case HAPROXY -> HaproxyValues.of(text).servers();
        };
    }

    /** The template line behind a line of the text, {@code edge-nginx.conf.peb:31}. */
    public String origin(int line) {
        return line >= 1 && line <= origins.size() ? origins.get(line - 1) : request.template();
    }
}
