/** Tests of the comparison of runs. */
@NullMarked
package dev.weir.loadgen.compare;

import org.jspecify.annotations.NullMarked;
