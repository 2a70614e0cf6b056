/**
 * WebSocket frames, straight from and into Netty buffers.
 *
 * <p>Imports {@code io.netty.buffer}, {@code protocol} and nothing else: no channels, no clock.
 */
@NullMarked
package dev.weir.gateway.server.frame;

import org.jspecify.annotations.NullMarked;
