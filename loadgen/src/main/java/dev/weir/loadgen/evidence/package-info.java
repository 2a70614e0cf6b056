/**
 * What the kernel, the proxies and the gateway say about a run, hop by hop: probes, their parsers, and the collector that samples them.
 *
 * <p>Parsers are pure functions of text. Readers do IO in small classes, one to a source, on the collector's own threads; no event loop is ever
 * blocked by them. Imports {@code outcome} and {@code java.base} only: evidence knows neither the clients nor the scenario.
 *
 * <p><b>Cost</b> of one sample, measured on two cores with four hops: counters and {@code /proc/PID} below 1 ms a second;
 * {@code ss} one walk of the kernel's table every two seconds, at most {@link dev.weir.loadgen.evidence.SocketProbe#ROWS_MAX} rows;
 * {@code smaps_rollup} every fifth second. {@code /proc/net/tcp} is never read: it takes minutes at a million sockets.
 */
@NullMarked
package dev.weir.loadgen.evidence;

import org.jspecify.annotations.NullMarked;
