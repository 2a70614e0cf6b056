/** What can go wrong and whose it is to mend: kinds of errors and their exit codes. Pure: imports {@code java.base} only. */
@NullMarked
package dev.weir.loadgen.error;

import org.jspecify.annotations.NullMarked;
