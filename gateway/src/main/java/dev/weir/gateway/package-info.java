/**
 * The push gateway: rooms and broadcast over WebSocket, speaking the Centrifugo client protocol.
 *
 * <p>This root package alone wires the others together, by constructors.
 */
@NullMarked
package dev.weir.gateway;

import org.jspecify.annotations.NullMarked;
