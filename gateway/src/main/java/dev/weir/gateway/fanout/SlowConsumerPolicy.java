package dev.weir.gateway.fanout;

/**
 * What happens to a message for a connection whose unsent bytes would pass the bound.
 *
 * <p><b>Bounds:</b> the bound itself is {@code GatewayConfig.SlowConsumer.queueBytesMax}; control frames count under it too.
 */
public sealed interface SlowConsumerPolicy {
    /** The connection is closed with 3008 "slow"; its client reconnects and starts afresh. */
    record Disconnect() implements SlowConsumerPolicy {}

    /** The message is dropped for this connection and counted; the connection stays. */
    record Drop() implements SlowConsumerPolicy {}

    /** Only the latest message of each room is kept for this connection until it drains. */
    record Latest() implements SlowConsumerPolicy {}
}
