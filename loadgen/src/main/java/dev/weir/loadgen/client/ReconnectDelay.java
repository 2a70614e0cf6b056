package dev.weir.loadgen.client;

/**
 * How long a connection stays away after an unplanned end.
 *
 * <p>Whoever comes back at once still waits {@link #RETRY_MILLIS} after an attempt that failed, lest a dead target make a busy loop.
 */
public enum ReconnectDelay {
    NONE,
    IMMEDIATE,
    BACKOFF;

    /** Wait of {@link #IMMEDIATE} after a failed attempt. */
    public static final long RETRY_MILLIS = 100;

    private static final long BACKOFF_FIRST_MILLIS = 500;
    private static final long BACKOFF_MAX_MILLIS = 20_000;
    private static final int DOUBLINGS_MAX = 16;

    /**
     * The wait before an attempt.
     *
     * @param failures attempts that failed since the connection was last up
     * @param random in [0, 1); with full jitter the wait is this part of what it may be at most
     * @return milliseconds; negative for never
     */
    public long millis(int failures, double random) {
        return switch (this) {
            case NONE -> -1;
            case IMMEDIATE -> failures == 0 ? 0 : RETRY_MILLIS;
            case BACKOFF -> {
                long doubled = BACKOFF_FIRST_MILLIS << Math.min(failures, DOUBLINGS_MAX);
                yield (long) (random * Math.min(BACKOFF_MAX_MILLIS, doubled));
            }
        };
    }
}
