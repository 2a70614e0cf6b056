@NullMarked
package dev.weir.gateway.server.frame;

import org.jspecify.annotations.NullMarked;
