package dev.weir.proxy;

import dev.weir.proxy.check.Finding;
import dev.weir.proxy.check.HopFacts;
import dev.weir.proxy.check.ProgramVerdict;
import dev.weir.proxy.check.Rules;
import dev.weir.proxy.error.ProxyConfigException;
import dev.weir.proxy.render.RenderedConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Checks a rendered chain by the named rules and by the real programs, as {@code weir proxy check} does. */
public final class CheckOperation {

    private CheckOperation() {}

    /**
     * Renders a chain and checks it; nothing is written.
     *
     * @param proxies the proxy layer
     * @param chain what to render
     * @param heartbeat time between pings on an idle connection; empty when there are none
     * @param programs the real programs
     * @throws ProxyConfigException when something cannot be rendered; or a program cannot be run
     */
    public static CheckReport run(
            ProxyConfig proxies, ChainRequest chain, Optional<Duration> heartbeat, ProxyPrograms programs) {
        return check(RenderOperation.render(proxies, chain), heartbeat, programs);
    }

    /**
     * Checks rendered hops.
     *
     * @param outerToInner the hops of one chain, the one that clients reach first
     * @param heartbeat time between pings on an idle connection; empty when there are none
     * @param programs the real programs
     * @throws ProxyConfigException of kind ENVIRONMENT when a program cannot be run
     */
    public static CheckReport check(
            List<RenderedConfig> outerToInner, Optional<Duration> heartbeat, ProxyPrograms programs) {
        var verdicts = new LinkedHashMap<String, ProgramVerdict>();
        for (var config : outerToInner) {
            verdicts.put(config.request().hop().label(), programs.test(config));
        }
        return new CheckReport(findings(outerToInner, heartbeat), verdicts);
    }

    /**
     * Checks rendered hops by the named rules alone, which takes no nginx and no time.
     *
     * @param outerToInner the hops of one chain, the one that clients reach first
     * @param heartbeat time between pings on an idle connection; empty when there are none
     */
    public static List<Finding> findings(List<RenderedConfig> outerToInner, Optional<Duration> heartbeat) {
        return Rules.evaluate(outerToInner.stream().map(CheckOperation::facts).toList(), heartbeat);
    }

    /** What the rules look at in a rendered hop. */
    public static HopFacts facts(RenderedConfig config) {
        var request = config.request();
        return new HopFacts(
                request.hop().label(),
                request.kind(),
                config.effective(),
                config.upstreamServers().size(),
                request.demand());
    }
}
