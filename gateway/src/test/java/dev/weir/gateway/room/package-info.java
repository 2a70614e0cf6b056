@NullMarked
package dev.weir.gateway.room;

import org.jspecify.annotations.NullMarked;
