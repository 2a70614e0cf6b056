/**
 * From symptoms and evidence to ranked causes, by rules of which each is one small class.
 *
 * <p>Pure, and blind on purpose: imports {@code outcome} and {@code java.base} only, so that a diagnosis can know neither the scenario nor the fault
 * that was injected nor the configuration that was rendered. It works as well on a chain that Weir did not start.
 */
@NullMarked
package dev.weir.loadgen.diagnose;

import org.jspecify.annotations.NullMarked;
