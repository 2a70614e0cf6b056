package dev.weir.loadgen.outcome;

import java.util.Map;

/**
 * The machine that a run used.
 *
 * @param kernel release, e.g. {@code 6.18.5}
 * @param cores processors that this process may use
 * @param memoryBytes physical memory
 * @param limits effective limits by name, e.g. {@code nofile}, {@code net.ipv4.ip_local_port_range}
 */
public record Host(String kernel, int cores, long memoryBytes, Map<String, String> limits) {
    public Host {
        limits = Map.copyOf(limits);
    }
}
