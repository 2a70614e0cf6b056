/** Clients that mean harm, or know no better: each gets the right answer within a second and costs its neighbours nothing. */
@NullMarked
package dev.weir.gateway.hostile;

import org.jspecify.annotations.NullMarked;
