/** Tests of the connections of an agent. */
@NullMarked
package dev.weir.loadgen.client;

import org.jspecify.annotations.NullMarked;
