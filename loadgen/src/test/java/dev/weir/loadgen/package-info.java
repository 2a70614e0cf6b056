/** Rules that hold for the whole module. */
@NullMarked
package dev.weir.loadgen;

import org.jspecify.annotations.NullMarked;
