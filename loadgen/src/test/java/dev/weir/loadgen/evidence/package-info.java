/** Tests of the probes and their parsers. */
@NullMarked
package dev.weir.loadgen.evidence;

import org.jspecify.annotations.NullMarked;
