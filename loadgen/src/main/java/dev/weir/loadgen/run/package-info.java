/**
 * Runs one variant of a scenario: chain up, agents, steps, evidence, diagnosis, verdict, record; everything put back on every way out.
 *
 * <p><b>Threading:</b> one thread drives a run and waits; agents and probes have their own.
 */
@NullMarked
package dev.weir.loadgen.run;

import org.jspecify.annotations.NullMarked;
