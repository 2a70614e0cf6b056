package dev.weir.loadgen.client;

import dev.weir.loadgen.measure.DeliveryCounter;
import dev.weir.loadgen.measure.Sent;
import dev.weir.loadgen.measure.SequenceTracker;
import dev.weir.loadgen.wire.MeasuredMessage;
import dev.weir.loadgen.wire.Rooms;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has got of the rooms that it joined: at most one of its own and the room of all.
 *
 * <p><b>Threading:</b> owned by its connection's loop.
 */
final class Accounts {
    private final int room;
    private final @Nullable SequenceTracker ofRoom;
    private final @Nullable SequenceTracker ofEveryone;

    /**
     * Opens accounts.
     *
     * @param room number of the connection's own room; {@link Rooms#UNKNOWN} for none
     * @param everyone whether it also joins the room of all
     */
    Accounts(int room, boolean everyone) {
        this.room = room;
        ofRoom = room == Rooms.UNKNOWN ? null : new SequenceTracker();
        ofEveryone = everyone ? new SequenceTracker() : null;
    }

    /** Numbers of the rooms to join. */
    int[] rooms() {
        if (ofRoom == null) {
            return ofEveryone == null ? new int[0] : new int[] {Rooms.EVERYONE};
        }
        return ofEveryone == null ? new int[] {room} : new int[] {room, Rooms.EVERYONE};
    }

    /**
     * Takes an arrival; one of a room that was not joined, or in no sequence, just counts.
     *
     * @param owedFromFirst whether the connection was ready before the room's first message was sent
     * @return whether it is a delivery: neither a repetition nor too late
     */
    boolean accept(MeasuredMessage message, boolean owedFromFirst, DeliveryCounter counter) {
        SequenceTracker tracker =
                message.room() == Rooms.EVERYONE ? ofEveryone : message.room() == room ? ofRoom : null;
        if (tracker == null || message.sequence() == MeasuredMessage.NO_SEQUENCE) {
            counter.delivered();
            return true;
        }
        return tracker.accept(message.sequence(), owedFromFirst, counter);
    }

    /**
     * Whether nothing is missing.
     *
     * @param wasReadyBefore whether the connection was ready before a time
     */
    boolean areComplete(Map<Integer, Sent> sent, LongPredicate wasReadyBefore) {
        return isComplete(ofRoom, sent.get(room), wasReadyBefore)
                && isComplete(ofEveryone, sent.get(Rooms.EVERYONE), wasReadyBefore);
    }

    private static boolean isComplete(
            @Nullable SequenceTracker tracker, @Nullable Sent sent, LongPredicate wasReadyBefore) {
        return tracker == null || sent == null || tracker.isComplete(sent, wasReadyBefore.test(sent.firstNanos()));
    }

    /** Counts what is missing as lost. */
    void settle(Map<Integer, Sent> sent, LongPredicate wasReadyBefore, DeliveryCounter counter) {
        settle(ofRoom, sent.get(room), wasReadyBefore, counter);
        settle(ofEveryone, sent.get(Rooms.EVERYONE), wasReadyBefore, counter);
    }

    private static void settle(
            @Nullable SequenceTracker tracker,
            @Nullable Sent sent,
            LongPredicate wasReadyBefore,
            DeliveryCounter counter) {
        if (tracker != null && sent != null) {
            tracker.settle(sent, wasReadyBefore.test(sent.firstNanos()), counter);
        }
    }

    /** Counts gaps as lost, because the connection ended. */
    void end(DeliveryCounter counter) {
        if (ofRoom != null) {
            ofRoom.end(counter);
        }
        if (ofEveryone != null) {
            ofEveryone.end(counter);
        }
    }
}
