/**
 * The capacity planner: what a number of connections takes at every hop, which limit comes first, and how many fit.
 *
 * <p>Pure functions over two records, {@link dev.weir.loadgen.plan.Load} and {@link dev.weir.loadgen.plan.HostFacts}; imports {@code java.base},
 * the arithmetic of one proxy ({@code dev.weir.proxy.capacity}) and the record's words ({@code outcome}). {@code weir plan}, {@code weir doctor}, the
 * check before a run, the chain that a run starts and the memory table of its report all use the same ones. Limits are named by the same closed
 * set as the causes of a diagnosis.
 */
@NullMarked
package dev.weir.loadgen.plan;

import org.jspecify.annotations.NullMarked;
