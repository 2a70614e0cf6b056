/**
 * Between publishers and the loops that deliver: {@link dev.weir.gateway.broker.Broker} and its form for one node.
 *
 * <p>Imports {@code protocol}. Implementations may be called from any thread.
 */
@NullMarked
package dev.weir.gateway.broker;

import org.jspecify.annotations.NullMarked;
