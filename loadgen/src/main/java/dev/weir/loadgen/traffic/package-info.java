/**
 * Traffic on top of held connections: what is asked of which interface how often, and the search for the highest rate that keeps a threshold.
 *
 * <p>Pure: a plan is data, and the search is a function of the trials so far; whoever carries them out has the clock and the sockets.
 */
@NullMarked
package dev.weir.loadgen.traffic;

import org.jspecify.annotations.NullMarked;
