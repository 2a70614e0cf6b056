package dev.weir.gateway;

import dev.weir.gateway.config.EffectiveConfig;
import dev.weir.gateway.config.GatewayConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Finds out before anything starts whether the ports can be had.
 *
 * <p>Each loop binds the port for itself with {@code SO_REUSEPORT}, and with it a second gateway of the same user would bind too and
 * take half of the connections. A plain bind, which this is, fails when anything listens.
 *
 * <p><b>Threading:</b> the main thread, before there are others.
 */
final class PortCheck {
    private PortCheck() {}

    static void check(EffectiveConfig effective) throws StartException {
        GatewayConfig config = effective.config();
        for (int port : config.listen().ports()) {
            check(effective, "", config.listen().host(), port);
        }
        check(effective, "api_", config.api().host(), config.api().port());
    }

    private static void check(EffectiveConfig effective, String prefix, String host, int port) throws StartException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        String flags = "--" + prefix.replace('_', '-');
        if (address.isUnresolved()) {
            throw failure(
                    effective,
                    prefix + "host",
                    "resolve to an address",
                    host,
                    "; choose another with " + flags + "host");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            String problem = String.valueOf(e.getMessage());
            if (problem.contains("Permission denied")) {
                throw failure(
                        effective, prefix + "port", "be one that this user may bind", port, "; choose one above 1023");
            }
            if (problem.contains("Cannot assign")) {
                throw failure(effective, prefix + "host", "be an address of this machine", host, "");
            }
            throw failure(
                    effective,
                    prefix + "port",
                    "be free",
                    port,
                    "; 'ss -ltnp sport = :" + port + "' shows what listens there, " + flags + "port chooses another");
        }
    }

    private static StartException failure(
            EffectiveConfig effective, String key, String rule, Object value, String remedy) {
        return new StartException(
                ExitCode.ENVIRONMENT,
                key + " must " + rule + ": " + key + "=" + value + " (" + effective.where(key) + ")" + remedy);
    }
}
