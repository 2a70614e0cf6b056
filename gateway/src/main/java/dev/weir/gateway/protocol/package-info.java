/**
 * The Centrifugo client protocol as values: sealed commands, replies and pushes, one codec per wire format, and the catalogues
 * of error and disconnect codes.
 *
 * <p>Pure: imports jackson-core and nothing else; no sockets, no clock, no state between calls.
 */
@NullMarked
package dev.weir.gateway.protocol;

import org.jspecify.annotations.NullMarked;
