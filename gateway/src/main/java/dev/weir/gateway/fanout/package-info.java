/**
 * Broadcast: encode once, plan who gets the frame, and what happens to a consumer that does not keep up.
 *
 * <p>Pure: no sockets, no clock.
 */
@NullMarked
package dev.weir.gateway.fanout;

import org.jspecify.annotations.NullMarked;
