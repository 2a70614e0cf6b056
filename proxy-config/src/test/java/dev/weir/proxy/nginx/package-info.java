/** What is made of nginx's messages, without nginx. */
@NullMarked
package dev.weir.proxy.nginx;

import org.jspecify.annotations.NullMarked;
