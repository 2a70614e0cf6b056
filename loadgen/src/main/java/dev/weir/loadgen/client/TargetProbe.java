package dev.weir.loadgen.client;

import dev.weir.loadgen.wire.Upgrade;
import dev.weir.loadgen.wire.UpgradeAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Asks a target with one connection whether it is there and a WebSocket, before a load.
 *
 * <p><b>Threading:</b> blocks. <b>Bounds:</b> {@link #TIMEOUT_MILLIS} for each of connect and answer.
 */
public final class TargetProbe {
    private static final int TIMEOUT_MILLIS = 5_000;

    private TargetProbe() {}

    /**
     * Asks.
     *
     * @param headers further request headers, {@code Name: value}
     * @param trust whose certificates are believed
     * @return what is wrong, in one line; empty when a load may start
     */
    public static Optional<String> complaint(URI target, List<String> headers, TlsTrust trust) {
        String where = ": target=" + target;
        try (Socket socket = new Socket()) {
            Endpoint endpoint = Endpoint.resolve(target, headers, trust);
            InetSocketAddress address = endpoint.address();
            socket.connect(address, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            String key = Upgrade.key(System.nanoTime(), System.identityHashCode(socket));
            // It is closed with the socket below it.
            Socket open = endpoint.secured(socket);
            open.getOutputStream().write(endpoint.request(key.getBytes(StandardCharsets.US_ASCII)));
            return answer(open.getInputStream(), Upgrade.accept(key))
                    .map(said -> "target must be a WebSocket" + where + "; " + said);
        } catch (java.net.UnknownHostException e) {
            return Optional.of("target must be reachable" + where + "; its name does not resolve");
        } catch (SocketTimeoutException e) {
            return Optional.of(
                    "target must be reachable" + where + "; no answer within " + TIMEOUT_MILLIS / 1_000 + " s");
        } catch (SSLException e) {
            return Optional.of("target must be reachable" + where + "; " + TlsFailure.says(e));
        } catch (IOException e) {
            String errno = Errno.of(e);
            return Optional.of("target must be reachable" + where + "; "
                    + (errno.isEmpty() ? String.valueOf(e.getMessage()) : said(errno)));
        }
    }

    private static String said(String errno) {
        return switch (errno) {
            case "ECONNREFUSED" -> "connection refused: nothing listens there (ECONNREFUSED)";
            case "ECONNRESET" -> "it reset the connection (ECONNRESET)";
            default -> errno;
        };
    }

    private static Optional<String> answer(InputStream input, String accept) throws IOException {
        byte[] bytes = new byte[UpgradeAnswer.HEAD_MAX];
        int length = 0;
        while (length < bytes.length) {
            int read = input.read(bytes, length, bytes.length - length);
            if (read < 0) {
                String start = new String(Arrays.copyOf(bytes, Math.min(length, 40)), StandardCharsets.US_ASCII);
                return Optional.of(
                        "it closed the connection after " + length + " bytes" + (length == 0 ? "" : ": " + start));
            }
            length += read;
            switch (UpgradeAnswer.read(bytes, length, accept)) {
                case UpgradeAnswer.Incomplete() -> {}
                case UpgradeAnswer.Switched ignored -> {
                    return Optional.empty();
                }
                case UpgradeAnswer.Refused refused -> {
                    return Optional.of("it answered HTTP " + refused.status()
                            + (refused.why().isEmpty() ? " instead of 101" : ": " + refused.why()));
                }
                case UpgradeAnswer.NotHttp garbage -> {
                    return Optional.of("it does not speak HTTP: it sent '" + garbage.start() + "'");
                }
            }
        }
        return Optional.of("its answer is longer than " + bytes.length + " bytes");
    }
}
