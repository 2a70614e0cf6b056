@NullMarked
package dev.weir.gateway.server.handshake;

import org.jspecify.annotations.NullMarked;
