/**
 * What the kernel, the proxies and the gateway say about a run, hop by hop: probes, their parsers, and the collector that samples them.
 *
 * <p>Parsers are pure functions of text. Readers do IO in small classes, one to a source, on the collector's own threads; no event loop is ever
 * blocked by them. Imports {@code outcome} and {@code java.base} only: evidence knows neither the clients nor the scenario.
 *
 * <p><b>Cost</b>, measured on two busy cores: counters, error log and {@code /proc/PID} about 2 ms a second for four hops; one walk of {@code ss}
 * 3.6 µs of processor time a socket, 9 with the details that are asked for only when sockets wait for a window, at most every two seconds and
 * {@link dev.weir.loadgen.evidence.SocketProbe#ROWS_MAX} rows; {@code smaps_rollup} every fifth second. {@code /proc/net/tcp} is never read: it takes
 * minutes at a million sockets.
 */
@NullMarked
package dev.weir.loadgen.evidence;

import org.jspecify.annotations.NullMarked;
