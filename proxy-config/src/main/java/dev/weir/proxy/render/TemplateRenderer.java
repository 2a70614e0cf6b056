package dev.weir.proxy.render;

import dev.weir.proxy.error.Nearest;
import dev.weir.proxy.error.ProxyConfigException;
import dev.weir.proxy.profile.ProxyKind;
import dev.weir.proxy.profile.Resolved;
import dev.weir.proxy.profile.Setting;
import dev.weir.proxy.syntax.NginxParser;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.AttributeNotFoundException;
import io.pebbletemplates.pebble.error.LoaderException;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.error.RootAttributeNotFoundException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Renders the templates of one folder, reading them anew on every call.
 *
 * <p><b>Threading:</b> stateless. <b>Bounds:</b> a rendered file of at most 8 MB.
 */
public final class TemplateRenderer {

    private static final int RENDERED_CHARACTERS_MAX = 8 << 20;

    private final Path folder;

    /**
     * A renderer for a folder of templates.
     *
     * @param folder where {@code edge-nginx.conf.peb} and its like are
     */
    public TemplateRenderer(Path folder) {
        this.folder = folder;
    }

    /**
     * Renders one configuration.
     *
     * @param request what it is for
     * @param resolved the values of its settings
     * @throws ProxyConfigException of kind CONFIG when the template has a syntax error, names an unknown variable or renders to
     *     unbalanced text; of kind ENVIRONMENT when it cannot be read
     */
    public RenderedConfig render(RenderRequest request, Resolved resolved) {
        var template = request.template();
        var traced = MarkedTemplates.trace(evaluate(template, variables(request, resolved)), template);
        try {
            var effective = RenderedConfig.effective(request, resolved, traced.text());
            return new RenderedConfig(request, resolved, traced.text(), traced.origins(), effective);
        } catch (NginxParser.SyntaxProblem e) {
            throw e.at(traced.origins().get(e.line() - 1));
        }
    }

    private String evaluate(String template, Map<String, Object> variables) {
        var engine = new PebbleEngine.Builder()
                .loader(new MarkedTemplates(folder))
                .autoEscaping(false)
                .strictVariables(true)
                .newLineTrimming(false)
                .cacheActive(false)
                .maxRenderedSize(RENDERED_CHARACTERS_MAX)
                .defaultLocale(Locale.ROOT)
                .build();
        var written = new StringWriter();
        try {
            engine.getTemplate(template).evaluate(written, variables);
        } catch (LoaderException e) {
            throw unreadable(template, e.getPebbleMessage());
        } catch (RootAttributeNotFoundException e) {
            var name = e.getAttributeName();
            throw ProxyConfigException.config("template variable must be known: variable=" + name + where(template, e)
                    + Nearest.remedy(name, variables.keySet()));
        } catch (AttributeNotFoundException e) {
            throw ProxyConfigException.config(
                    "template attribute must be known: attribute=" + e.getAttributeName() + where(template, e));
        } catch (PebbleException e) {
            throw ProxyConfigException.config(
                    "template must be Pebble that renders: problem=" + e.getPebbleMessage() + where(template, e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written.toString();
    }

    private ProxyConfigException unreadable(String template, String missing) {
        return template.equals(missing)
                ? ProxyConfigException.environment("template must be readable: file=" + folder.resolve(template))
                : ProxyConfigException.config("template must include readable files of its folder: include=" + missing
                        + " (" + template + ")");
    }

    private static String where(String template, PebbleException e) {
        var file = e.getFileName() == null ? template : e.getFileName();
        return " (" + file + (e.getLineNumber() == null ? "" : ":" + e.getLineNumber()) + ")";
    }

    private static Map<String, Object> variables(RenderRequest request, Resolved resolved) {
        var variables = new TreeMap<String, Object>();
        resolved.values().forEach((name, value) -> variables.put(name, value.text()));
        variables.put("hop", request.hop().label());
        variables.put("template", request.template());
        variables.put("profile", profileLine(request));
        variables.put("connections", Integer.toString(request.demand().connections()));
        variables.put("notes", resolved.notes());
        variables.put("run_dir", request.wiring().runDir().toString());
        variables.put("listen", texts(request.wiring().listen()));
        variables.put("upstreams", texts(request.wiring().upstreams()));
        variables.put("status", request.wiring().status().toString());
        variables.put("sources", sources(resolved.text(request.kind() == ProxyKind.HAPROXY ? "source" : "proxy_bind")));
        variables.put(
                "clitcpka_parts",
                keepaliveParts(resolved.values().get("clitcpka") == null ? "off" : resolved.text("clitcpka")));
        variables.put("tls", request.wiring().tls().isPresent());
        variables.put(
                "tls_certificate",
                request.wiring()
                        .tls()
                        .map(files -> files.certificate().toString())
                        .orElse(""));
        variables.put(
                "tls_key",
                request.wiring().tls().map(files -> files.key().toString()).orElse(""));
        variables.put(
                "tls_both",
                request.wiring().tls().map(files -> files.both().toString()).orElse(""));
        return variables;
    }

    private static String profileLine(RenderRequest request) {
        var line = new StringBuilder(request.tuning().profile());
        request.tuning().overrides().valuesOf(request.hop()).forEach((name, value) -> line.append(" with ")
                .append(name)
                .append(' ')
                .append(value));
        return line.toString();
    }

    private static List<String> texts(List<HostPort> addresses) {
        return addresses.stream().map(HostPort::toString).toList();
    }

    /** What HAProxy writes for {@code 60s:10s:3}; nothing for {@code on}, which takes the kernel's times. */
    private static List<String> keepaliveParts(String keepalive) {
        var parts = keepalive.split(":", -1);
        return parts.length != 3
                ? List.of()
                : List.of("clitcpka-idle " + parts[0], "clitcpka-intvl " + parts[1], "clitcpka-cnt " + parts[2]);
    }

    /** Source addresses with the share of connections for each; the last takes the rest, which {@code split_clients} writes as *. */
    private static List<Map<String, String>> sources(String bind) {
        if (bind.equals(Setting.NONE)) {
            return List.of();
        }
        var addresses = Arrays.asList(bind.split(",", -1));
        var share = String.format(Locale.ROOT, "%.2f%%", Math.floor(10_000.0 / addresses.size()) / 100);
        var shares = new ArrayList<Map<String, String>>();
        for (var at = 0; at < addresses.size(); at++) {
            var last = at == addresses.size() - 1;
            shares.add(Map.of(
                    "address", addresses.get(at), "share", last ? "*" : share, "number", Integer.toString(at + 1)));
        }
        return shares;
    }
}
