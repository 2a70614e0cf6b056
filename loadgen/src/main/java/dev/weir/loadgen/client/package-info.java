/**
 * The connections of an agent: parked sockets on event loops, one small handler each.
 *
 * <p>May import the pure packages, Vert.x and Netty. A {@link dev.weir.loadgen.client.ClientLoop} and everything it owns is used on its event loop's
 * thread only; sockets are created, connected and closed there. The entry is {@link dev.weir.loadgen.client.ClientGroup}, which any thread may call.
 */
@NullMarked
package dev.weir.loadgen.client;

import org.jspecify.annotations.NullMarked;
