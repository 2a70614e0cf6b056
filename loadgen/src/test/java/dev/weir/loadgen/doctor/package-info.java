/** Tests of the package of this name. */
@NullMarked
package dev.weir.loadgen.doctor;

import org.jspecify.annotations.NullMarked;
