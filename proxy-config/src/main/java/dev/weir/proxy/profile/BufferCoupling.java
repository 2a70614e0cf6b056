package dev.weir.proxy.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bond between {@code proxy_buffer_size}, {@code proxy_buffers} and {@code proxy_busy_buffers_size}, on which nginx insists
 * although the last two have no effect on a WebSocket.
 *
 * <p><b>Source:</b> {@code ngx_http_proxy_merge_loc_conf}: with {@code n} buffers of {@code size}, it demands {@code n >= 2} and
 * {@code max(proxy_buffer_size, size) <= busy <= (n - 1) * size}; busy is {@code 2 * max(proxy_buffer_size, size)} by default,
 * which is why {@code proxy_buffer_size 16k} alone is rejected.
 *
 * @param bufferBytes {@code proxy_buffer_size}
 * @param buffers {@code proxy_buffers}
 * @param busyBytes {@code proxy_busy_buffers_size}
 */
public record BufferCoupling(long bufferBytes, BufferSet buffers, long busyBytes) {

    /** nginx's own {@code proxy_buffers}. */
    public static final BufferSet BUFFERS_DEFAULT = new BufferSet(8, 4_096);

    /**
     * Completes what is not given so that nginx accepts all three, where that is possible.
     *
     * @param bufferBytes {@code proxy_buffer_size}
     * @param base buffers to grow from when none are given
     * @param given {@code proxy_buffers}, kept as they are when given
     * @param busyGiven {@code proxy_busy_buffers_size}, kept as it is when given
     */
    public static BufferCoupling complete(
            long bufferBytes, BufferSet base, Optional<BufferSet> given, Optional<Long> busyGiven) {
        var buffers = given.orElseGet(() -> grow(bufferBytes, base, busyGiven));
        var largest = Math.max(bufferBytes, buffers.bytes());
        var allButOne = buffers.totalBytes() - buffers.bytes();
        return new BufferCoupling(bufferBytes, buffers, busyGiven.orElse(Math.min(2 * largest, allButOne)));
    }

    private static BufferSet grow(long bufferBytes, BufferSet base, Optional<Long> busyGiven) {
        var bytes = Math.max(bufferBytes, base.bytes());
        if (busyGiven.isPresent()) {
            var busy = busyGiven.get();
            var spread = (busy + base.number() - 2) / (base.number() - 1);
            bytes = Math.min(busy, Math.max(bytes, spread));
        }
        return new BufferSet(base.number(), bytes);
    }

    /** The constraints of nginx that these three break, in house form without the place; empty when it accepts them. */
    public List<String> problems() {
        var problems = new ArrayList<String>();
        var largest = Math.max(bufferBytes, buffers.bytes());
        var allButOne = buffers.totalBytes() - buffers.bytes();
        if (busyBytes < largest) {
            problems.add("proxy_busy_buffers_size must be >= proxy_buffer_size and one of proxy_buffers: "
                    + "proxy_busy_buffers_size=" + Units.size(busyBytes) + " needed=" + Units.size(largest));
        }
        if (busyBytes > allButOne) {
            problems.add("proxy_busy_buffers_size must be <= all proxy_buffers but one: proxy_busy_buffers_size="
                    + Units.size(busyBytes) + " allowed=" + Units.size(allButOne));
        }
        return problems;
    }
}
