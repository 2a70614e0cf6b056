package dev.weir.gateway.server;

import dev.weir.gateway.room.Rooms;
import java.util.concurrent.ConcurrentHashMap;

/**
 * On how many loops each channel has subscribers, so that a channel on several counts once.
 *
 * <p><b>Threading:</b> any thread; written only when a loop's first subscriber of a channel comes or its last one goes.
 *
 * <p><b>Bounds:</b> one entry a channel.
 */
final class ChannelDirectory implements Rooms.Changes {
    private final ConcurrentHashMap<String, Integer> loopsByChannel = new ConcurrentHashMap<>();

    @Override
    public void opened(String channel) {
        loopsByChannel.merge(channel, 1, Integer::sum);
    }

    @Override
    public void closed(String channel) {
        loopsByChannel.computeIfPresent(channel, (key, loops) -> loops == 1 ? null : loops - 1);
    }

    int channels() {
        return loopsByChannel.size();
    }
}
