package dev.weir.proxy;

import dev.weir.proxy.error.ProxyConfigException;
import dev.weir.proxy.render.RenderedConfig;
import java.nio.file.Path;
import java.util.List;

/** Renders a chain into a folder, as {@code weir proxy render} does. */
public final class RenderOperation {

    private RenderOperation() {}

    /**
     * Renders and writes every hop.
     *
     * @param proxies the proxy layer
     * @param chain what to render, and where to
     * @return what was written, one line a hop
     * @throws ProxyConfigException when something cannot be rendered or written; nothing is written then unless writing itself failed
     */
    public static String run(ProxyConfig proxies, ChainRequest chain) {
        var rendered = render(proxies, chain);
        var table = new Table();
        for (var config : rendered) {
            var file = write(chain, config);
            table.row(
                    config.request().hop().label(),
                    file.toString(),
                    config.text().lines().count() + " lines",
                    config.resolved().notes().size() + " derived values, listed at its top");
        }
        return table.text();
    }

    static List<RenderedConfig> render(ProxyConfig proxies, ChainRequest chain) {
        return chain.hops().stream().map(proxies::render).toList();
    }

    private static Path write(ChainRequest chain, RenderedConfig config) {
        return config.write(chain.file(config.request().hop()));
    }
}
