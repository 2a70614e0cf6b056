/**
 * What a connection is and may do: session states, the answer to each command in each state, channel names, rights, and the
 * wheel of deadlines behind heartbeats.
 *
 * <p>Pure: imports {@code protocol} and nothing else; time and randomness are parameters.
 */
@NullMarked
package dev.weir.gateway.session;

import org.jspecify.annotations.NullMarked;
