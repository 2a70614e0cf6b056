/**
 * Publishes measured messages, paced by a schedule, through a server's API or through a connection of the client protocol.
 *
 * <p>May import the pure packages and Vert.x. Each publisher runs on one context of the Vert.x instance that it is given; its methods may be called
 * from any thread.
 */
@NullMarked
package dev.weir.loadgen.publish;

import org.jspecify.annotations.NullMarked;
