package dev.weir.loadgen.publish;

import dev.weir.loadgen.pace.ArrivalSchedule;
import java.util.List;

/**
 * Messages to publish.
 *
 * @param rooms names, used in turn; at least one
 * @param schedule when each is due
 * @param messages how many; 0 publishes until stopped
 * @param payloadBytes how long each is; {@link dev.weir.loadgen.wire.MeasuredMessage#BYTES_MIN} fits always
 */
public record PublishPlan(List<String> rooms, ArrivalSchedule schedule, long messages, int payloadBytes) {
    public PublishPlan {
        if (rooms.isEmpty()) {
            throw new IllegalArgumentException("rooms must not be empty");
        }
        rooms = List.copyOf(rooms);
    }
}
