/** Tests of the proxy layer as a whole: goldens, dependency rules, and the real nginx. */
@NullMarked
package dev.weir.proxy;

import org.jspecify.annotations.NullMarked;
