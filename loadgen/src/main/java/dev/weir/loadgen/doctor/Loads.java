package dev.weir.loadgen.doctor;

import dev.weir.loadgen.plan.Load;
import dev.weir.loadgen.plan.Station;
import dev.weir.loadgen.plan.Workers;
import dev.weir.loadgen.scenario.Chain;
import dev.weir.proxy.ChainRequest;
import dev.weir.proxy.ProxyConfig;
import dev.weir.proxy.capacity.HostLimits;
import dev.weir.proxy.profile.Demand;
import dev.weir.proxy.profile.Hop;
import dev.weir.proxy.profile.Overrides;
import dev.weir.proxy.profile.ProxyKind;
import dev.weir.proxy.profile.Setting;
import dev.weir.proxy.profile.Tuning;
import dev.weir.proxy.profile.Units;
import dev.weir.proxy.profile.Value;
import dev.weir.proxy.render.RenderRequest;
import dev.weir.proxy.render.RenderedConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Turns a chain into a load for the planner. Settings are taken from the rendered templates, as they stand there after hand edits too.
 *
 * @param proxies templates and profiles
 * @param limits what settings that nobody gave are derived for
 */
public record Loads(ProxyConfig proxies, HostLimits limits) {
    /** The load of a chain on one host, with so many agents as it needs. */
    public Load of(Chain chain) {
        return Load.of(chain.connections(), stations(chain, 0));
    }

    /**
     * The stations of a chain.
     *
     * @param chain the hops
     * @param listening ports of each ingress and gateway process for which the chain says nothing; 0 takes as many as ports ask for
     */
    public List<Station> stations(Chain chain, int listening) {
        List<Station> stations = new ArrayList<>();
        stations.add(new Station.Agents(Station.AS_NEEDED, Station.AS_NEEDED));
        if (chain.edges() > 0) {
            stations.add(proxy(chain, Hop.EDGE, chain.edges(), listening(chain, Hop.EDGE.label(), 1)));
        }
        if (chain.ingresses() > 0) {
            stations.add(
                    proxy(chain, Hop.INGRESS, chain.ingresses(), listening(chain, Hop.INGRESS.label(), listening)));
        }
        stations.add(new Station.Gateway(chain.gateways(), listening(chain, "gateway", listening)));
        return stations;
    }

    private static int listening(Chain chain, String hop, int otherwise) {
        int own = chain.surroundings().networkOf(hop).listening();
        return own > 0 ? own : otherwise;
    }

    private Station proxy(Chain chain, Hop hop, int processes, int listening) {
        RenderedConfig rendered = rendered(chain, hop, processes);
        Map<String, String> effective = rendered.effective();
        if (rendered.request().kind() == ProxyKind.HAPROXY) {
            return new Station.Haproxy(
                    hop.label(), processes, sources(effective, "source"), listening, given(rendered, "maxconn"));
        }
        int sources = sources(effective, "proxy_bind");
        Workers workers = new Workers(
                given(rendered, "worker_processes"),
                given(rendered, "worker_connections"),
                bytes(effective, "proxy_buffer_size", Workers.TUNED.bufferBytes()),
                bytes(effective, "client_header_buffer_size", Workers.TUNED.headerBytes()));
        return new Station.Proxy(hop.label(), processes, sources, listening, workers);
    }

    private static int sources(Map<String, String> effective, String setting) {
        String addresses = effective.getOrDefault(setting, Setting.NONE);
        return addresses.equals(Setting.NONE) ? 1 : addresses.split(",", -1).length;
    }

    private RenderedConfig rendered(Chain chain, Hop hop, int processes) {
        Map<String, String> overrides = new HashMap<>();
        chain.settings().forEach((name, value) -> {
            if (name.startsWith(hop.label() + ".")) {
                overrides.put(name, value);
            }
        });
        ChainRequest request = new ChainRequest(
                new Tuning(chain.profile(), Overrides.translated(overrides)),
                new Demand(Math.ceilDiv(chain.connections(), processes), limits),
                Path.of("").toAbsolutePath());
        RenderRequest wanted = request.hops().stream()
                .filter(each -> each.hop() == hop)
                .findFirst()
                .orElseThrow();
        return proxies.render(wanted);
    }

    /** A number that somebody wrote into a profile, an override or the template; 0 when it is derived. */
    private int given(RenderedConfig rendered, String name) {
        String text = rendered.effective().getOrDefault(name, "");
        Value value = Objects.requireNonNull(rendered.resolved().values().get(name), name);
        if (text.equals("auto")) {
            return limits.cores();
        }
        boolean derived = value.hasFollowed() && value.text().equals(text);
        return derived || !text.matches("\\d{1,9}") ? Station.AS_NEEDED : Integer.parseInt(text);
    }

    private static long bytes(Map<String, String> effective, String name, long otherwise) {
        return Units.bytes(effective.getOrDefault(name, "")).orElse(otherwise);
    }
}
