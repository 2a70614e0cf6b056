/**
 * The run record: what one run saw, what was diagnosed from it and the verdict. Field names are those of {@code run.json}.
 *
 * <p>Pure: imports {@code java.base} only. Everything a person sees is a view of {@link dev.weir.loadgen.outcome.RunRecord}.
 */
@NullMarked
package dev.weir.loadgen.outcome;

import org.jspecify.annotations.NullMarked;
