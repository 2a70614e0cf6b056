package dev.weir.proxy.capacity;

/**
 * What the machine lets one nginx have.
 *
 * @param descriptors hard limit on open files of one process (an nginx worker is one), at least 64
 * @param ports from where its connections to the next hop leave
 * @param cores processors it may use, at least 1
 */
public record HostLimits(int descriptors, PortRange ports, int cores) {

    /** Checks the ranges. */
    public HostLimits {
        if (descriptors < 64) {
            throw new IllegalArgumentException("descriptors must be >= 64: descriptors=" + descriptors);
        }
        if (cores < 1) {
            throw new IllegalArgumentException("cores must be >= 1: cores=" + cores);
        }
    }
}
