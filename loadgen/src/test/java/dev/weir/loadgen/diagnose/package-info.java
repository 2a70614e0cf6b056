/** Tests of the rules, by tables and by generated chains. */
@NullMarked
package dev.weir.loadgen.diagnose;

import org.jspecify.annotations.NullMarked;
