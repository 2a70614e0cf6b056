/**
 * The lab: load agents, topologies, evidence, diagnosis and the command line {@code weir}.
 *
 * <p>This root package alone wires the others together, by constructors.
 */
@NullMarked
package dev.weir.loadgen;

import org.jspecify.annotations.NullMarked;
