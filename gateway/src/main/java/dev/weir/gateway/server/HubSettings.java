package dev.weir.gateway.server;

import dev.weir.gateway.config.GatewayConfig;
import dev.weir.gateway.fanout.SlowConsumerRule;
import dev.weir.gateway.protocol.JsonCodec;
import dev.weir.gateway.protocol.WireCodec;
import dev.weir.gateway.server.handshake.RequestRules;
import dev.weir.gateway.session.Authorizer;
import dev.weir.gateway.session.Heartbeat;
import dev.weir.gateway.session.SessionRules;

/**
 * What the loops need of the configuration, in the units that they count in.
 *
 * <p><b>Threading:</b> immutable; shared by all loops.
 *
 * @param config the whole
 * @param authorizer who may do what
 * @param rules limits of a session and what clients are told
 * @param heartbeat when pings are due
 * @param slowConsumer the bound on what a client has not taken
 * @param requests what a handshake must look like
 * @param codec the wire format of parked connections
 * @param memory the bound on what all connections hold together
 */
record HubSettings(
        GatewayConfig config,
        Authorizer authorizer,
        SessionRules.Settings rules,
        Heartbeat heartbeat,
        SlowConsumerRule slowConsumer,
        RequestRules requests,
        WireCodec codec,
        MemoryGuard memory) {
    private static final int SHARED_BYTES_MAX = 8192;

    static HubSettings of(GatewayConfig config, Authorizer authorizer, String version) {
        GatewayConfig.Limits limits = config.limits();
        GatewayConfig.Heartbeat heartbeat = config.heartbeat();
        // Clients count in whole seconds and wait for a ping that long: told too little they would give up early.
        long pingSeconds = Math.ceilDiv(heartbeat.pingInterval().toMillis(), 1000L);
        return new HubSettings(
                config,
                authorizer,
                new SessionRules.Settings(
                        version,
                        pingSeconds,
                        limits.subscriptionsMax(),
                        limits.channelBytesMax(),
                        config.slowConsumer().queueBytesMax()),
                new Heartbeat(
                        heartbeat.pingInterval().toMillis(),
                        heartbeat.pongTimeout().toMillis()),
                new SlowConsumerRule(
                        config.slowConsumer().queueBytesMax(),
                        config.slowConsumer().policy()),
                new RequestRules(config.access().origins()),
                new JsonCodec(),
                MemoryGuard.ofProcess());
    }

    /** Small enough that a frame of several messages is no worse for a slow reader than they are one by one. */
    int sharedBytesMax() {
        return (int) Math.min(SHARED_BYTES_MAX, config.slowConsumer().queueBytesMax() / 8);
    }

    long handshakeMillis() {
        return config.limits().handshakeTimeout().toMillis();
    }

    long connectMillis() {
        return config.limits().connectTimeout().toMillis();
    }

    long closingMillis() {
        return config.limits().closingTimeout().toMillis();
    }
}
