package dev.weir.gateway.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RoomTest {
    private final List<String> changes = new ArrayList<>();
    private final Rooms<Integer> rooms = new Rooms<>(new Rooms.Changes() {
        @Override
        public void opened(String channel) {
            changes.add("+" + channel);
        }

        @Override
        public void closed(String channel) {
            changes.add("-" + channel);
        }
    });

    @Test
    void shouldForgetRoomWhenLastMemberLeaves() {
        Subscription<Integer> first = rooms.join("a", 1, null);
        first = rooms.join("b", 1, first);
        Subscription<Integer> other = rooms.join("a", 2, null);

        first = rooms.leave("a", first);
        assertThat(first).isNotNull();
        assertThat(rooms.leave("nowhere", first)).isSameAs(first);
        rooms.leaveAll(first);
        rooms.leaveAll(other);

        assertThat(changes).containsExactly("+a", "+b", "-b", "-a");
        assertThat(rooms.find("a")).isNull();
    }

    /** Members come and go between the slices of a broadcast; whoever stays throughout is served exactly once. */
    @Property
    void shouldServeExactlyOnceWhenMembersChangeBetweenSlices(
            @ForAll @IntRange(min = 1, max = 60) int members,
            @ForAll @IntRange(min = 1, max = 10) int slice,
            @ForAll @Size(max = 80) List<@IntRange(min = 0, max = 99) Integer> steps) {
        Map<Integer, @Nullable Subscription<Integer>> joined = new HashMap<>();
        for (int i = 0; i < members; i++) {
            joined.put(i, rooms.join("r", i, null));
        }
        Set<Integer> stayed = new HashSet<>(joined.keySet());
        List<Integer> served = new ArrayList<>();
        Room<Integer> room = Objects.requireNonNull(rooms.find("r"));
        room.begin();
        for (int step : steps) {
            room.serve(slice, s -> served.add(s.member()));
            if (joined.containsKey(step)) {
                rooms.leaveAll(joined.remove(step));
                stayed.remove(step);
            } else if (rooms.find("r") == room) {
                joined.put(step, rooms.join("r", step, null));
            }
        }
        while (room.waiting() > 0) {
            room.serve(slice, s -> served.add(s.member()));
        }

        assertThat(served).doesNotHaveDuplicates().containsAll(stayed);
        assertThat(room.size()).isEqualTo(joined.size());
        joined.values().forEach(rooms::leaveAll);
        assertThat(rooms.find("r")).isNull();
    }

    @Property
    void shouldServeOthersOnceWhenActionRemovesMembers(@ForAll @IntRange(min = 1, max = 40) int members) {
        for (int i = 0; i < members; i++) {
            rooms.join("r", i, null);
        }
        List<Integer> served = new ArrayList<>();
        Room<Integer> room = Objects.requireNonNull(rooms.find("r"));
        room.begin();
        room.serve(Integer.MAX_VALUE, s -> {
            served.add(s.member());
            rooms.leaveAll(s);
        });

        assertThat(served).hasSize(members).doesNotHaveDuplicates();
        assertThat(rooms.find("r")).isNull();
    }
}
