@NullMarked
package dev.weir.gateway.fanout;

import org.jspecify.annotations.NullMarked;
