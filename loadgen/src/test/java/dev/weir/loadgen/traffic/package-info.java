@NullMarked
package dev.weir.loadgen.traffic;

import org.jspecify.annotations.NullMarked;
