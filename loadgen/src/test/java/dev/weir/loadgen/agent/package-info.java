/** Tests of agents against real sockets. */
@NullMarked
package dev.weir.loadgen.agent;

import org.jspecify.annotations.NullMarked;
