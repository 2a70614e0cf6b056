/** Tests of the package of this name. */
@NullMarked
package dev.weir.loadgen.measure;

import org.jspecify.annotations.NullMarked;
