/** Tests of the package of the same name. */
@NullMarked
package dev.weir.gateway.api;

import org.jspecify.annotations.NullMarked;
