/**
 * This host against a load: reads what it allows, turns a chain with its proxy settings into a load, and refuses what cannot be carried.
 *
 * <p>Reads {@code /proc}, templates and profiles, and changes nothing. What follows from the figures is the pure package {@code plan}.
 *
 * <p><b>Threading:</b> any thread; calls read small files.
 */
@NullMarked
package dev.weir.loadgen.doctor;

import org.jspecify.annotations.NullMarked;
