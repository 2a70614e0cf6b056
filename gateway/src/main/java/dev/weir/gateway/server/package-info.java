/**
 * Sockets: handshake, then a parked connection on the event loop that owns it; drain.
 *
 * <p><b>Threading:</b> everything with a descriptor is created, registered and closed on its own loop's thread.
 */
@NullMarked
package dev.weir.gateway.server;

import org.jspecify.annotations.NullMarked;
