package dev.weir.loadgen.topology;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Listening ports that nobody uses, below the range from which the kernel takes ports for outgoing connections: a port inside it could be
 * taken by one of our own connections between choosing and listening.
 *
 * <p><b>Threading:</b> one thread. A port is free when chosen; whoever starts on it must still cope with a refusal.
 */
final class FreePorts {
    private static final int LOWEST = 10_240;
    private static final int TRIES = 2_000;

    private final RandomGenerator random;
    private final int below;

    /**
     * @param random chooses where to look, so that two runs at once look in different places
     * @param ephemeralLow the lower end of {@code net.ipv4.ip_local_port_range}
     */
    FreePorts(RandomGenerator random, int ephemeralLow) {
        this.random = random;
        // A range that starts low leaves no room under it; ports in it must then do.
        this.below = ephemeralLow > LOWEST + 1_000 ? ephemeralLow : 32_768;
    }

    /**
     * Consecutive free ports on loopback.
     *
     * @param count how many
     */
    List<Integer> take(int count) {
        for (int tries = 0; tries < TRIES; tries++) {
            int first = LOWEST + random.nextInt(below - LOWEST - count);
            List<Integer> ports = new ArrayList<>();
            for (int port = first; port < first + count && free(port); port++) {
                ports.add(port);
            }
            if (ports.size() == count) {
                return ports;
            }
        }
        throw new IllegalStateException(
                "no " + count + " consecutive free ports found between " + LOWEST + " and " + below);
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
