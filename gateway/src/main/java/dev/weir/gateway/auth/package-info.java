/**
 * Who may do what: keys of the server API.
 *
 * <p>Pure: no sockets, no clock.
 */
@NullMarked
package dev.weir.gateway.auth;

import org.jspecify.annotations.NullMarked;
