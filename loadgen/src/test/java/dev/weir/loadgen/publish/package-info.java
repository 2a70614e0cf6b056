/** Tests of the package of this name. */
@NullMarked
package dev.weir.loadgen.publish;

import org.jspecify.annotations.NullMarked;
