/**
 * Starts and stops the chain: supervised processes on loopback or in network namespaces, or containers of a compose project. Whatever was started is gone afterwards, on every exit path, also when
 * this process is killed.
 */
@NullMarked
package dev.weir.loadgen.topology;

import org.jspecify.annotations.NullMarked;
