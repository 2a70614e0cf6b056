package dev.weir.loadgen.diagnose;

import java.util.List;

/**
 * Hops that do the same, e.g. {@code gateway} and {@code gateway-2}.
 *
 * @param name the name without a number
 * @param members names of the hops, at least one
 */
record Tier(String name, List<String> members) {
    Tier {
        members = List.copyOf(members);
    }

    /** The tier that a hop belongs to. */
    static String nameOf(String hop) {
        return hop.replaceFirst("-\\d+$", "");
    }
}
