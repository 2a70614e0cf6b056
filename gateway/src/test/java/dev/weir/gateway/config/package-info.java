/** Tests of the package of the same name. */
@NullMarked
package dev.weir.gateway.config;

import org.jspecify.annotations.NullMarked;
