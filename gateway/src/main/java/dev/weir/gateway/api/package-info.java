/**
 * The server's HTTP side on a port of its own: commands for backends under {@code /api}, {@code /health}, {@code /ready} and
 * {@code /metrics}.
 *
 * <p>May import {@code server} (for {@code Hub}), {@code auth}, {@code config}, Vert.x Web and Micrometer. A request is taken apart by
 * {@link dev.weir.gateway.api.ApiRequestReader}, which is pure, and carried out by {@link dev.weir.gateway.api.ApiService}, which
 * knows no HTTP.
 *
 * <p><b>Threading:</b> handlers run on the event loop of the control Vert.x and hand work to the parked connections through
 * {@code Hub}, whose methods any thread may call.
 */
@NullMarked
package dev.weir.gateway.api;

import org.jspecify.annotations.NullMarked;
