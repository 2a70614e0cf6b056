/** Units, ranges, profiles and couplings. */
@NullMarked
package dev.weir.proxy.profile;

import org.jspecify.annotations.NullMarked;
