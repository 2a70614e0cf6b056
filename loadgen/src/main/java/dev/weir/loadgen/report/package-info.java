/**
 * Views of one saved run: the JSON file itself and what a terminal shows.
 *
 * <p>Sees the record only, never clients or agents; Jackson is allowed here.
 */
@NullMarked
package dev.weir.loadgen.report;

import org.jspecify.annotations.NullMarked;
