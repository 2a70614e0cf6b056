package dev.weir.loadgen.outcome;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verdict as it is saved.
 *
 * @param value {@code reproduced}, {@code not-reproduced}, {@code inconclusive}; null for a scenario without a fault
 * @param expected what the variant expects, in the same words; null for a scenario without a fault
 * @param asExpected whether it came out as expected
 * @param why sentences with figures
 */
public record VerdictRecord(
        @Nullable String value, @Nullable String expected, boolean asExpected, List<String> why) {
    public VerdictRecord {
        why = List.copyOf(why);
    }
}
