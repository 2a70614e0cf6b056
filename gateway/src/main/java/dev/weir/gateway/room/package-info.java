/**
 * Rooms (the protocol's channels) of one event loop and who is in them.
 *
 * <p>Pure, and without locks: each loop has its own {@link dev.weir.gateway.room.Rooms}. Imports nothing.
 */
@NullMarked
package dev.weir.gateway.room;

import org.jspecify.annotations.NullMarked;
