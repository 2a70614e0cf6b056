package dev.weir.proxy.capacity;

/**
 * The ports from which outgoing connections leave, {@code net.ipv4.ip_local_port_range}.
 *
 * @param first lowest port, 1..65535
 * @param last highest port, first..65535
 */
public record PortRange(int first, int last) {

    /** The range of an untuned Linux kernel: 28,232 ports. */
    public static final PortRange LINUX_DEFAULT = new PortRange(32_768, 60_999);

    /** Checks that the range is one. */
    public PortRange {
        if (first < 1 || last > 65_535 || first > last) {
            throw new IllegalArgumentException(
                    "port range must be 1 <= first <= last <= 65535: first=" + first + " last=" + last);
        }
    }

    /** Ports in the range. */
    public int count() {
        return last - first + 1;
    }
}
