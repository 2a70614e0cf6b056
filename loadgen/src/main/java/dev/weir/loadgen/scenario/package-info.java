/**
 * Published failures as data: each scenario names its chain, its steps, the symptom to expect and what fixes it; {@link
 * dev.weir.loadgen.scenario.Judge} compares a run with what its variant expects.
 *
 * <p>Pure: imports {@code java.base}, {@code outcome}, {@code measure}, {@code traffic} and {@code error} only. Nothing here starts anything.
 */
@NullMarked
package dev.weir.loadgen.scenario;

import org.jspecify.annotations.NullMarked;
