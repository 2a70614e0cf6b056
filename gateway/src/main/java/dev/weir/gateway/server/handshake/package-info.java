/**
 * The HTTP side of a WebSocket: reading one request head strictly, and deciding about it.
 *
 * <p>Pure: bytes in, a decision out; imports {@code protocol} and nothing else. A general HTTP decoder is not used, because it
 * forgives what a gateway behind proxies must refuse (bare line feeds, folded lines, two lengths), and costs more than the rest
 * of a connect.
 */
@NullMarked
package dev.weir.gateway.server.handshake;

import org.jspecify.annotations.NullMarked;
