/**
 * The load generator's own codec of the client protocol's JSON form and of the WebSocket frames around it; it shares nothing with the gateway's,
 * so that neither can hide the other's bug.
 *
 * <p>Pure: imports {@code java.base} only; works on byte arrays. Readers keep the state of one connection and belong to its event loop.
 */
@NullMarked
package dev.weir.loadgen.wire;

import org.jspecify.annotations.NullMarked;
