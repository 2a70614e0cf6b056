package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The TCP sockets of a network namespace, from the kernel itself: what {@code ss} prints, without the printing and the reading of it, which at 90,000
 * sockets took nine tenths of the time.
 *
 * <p><b>Source:</b> sock_diag(7); {@code linux/inet_diag.h}, {@code linux/netlink.h}, {@code linux/tcp.h} for {@code struct tcp_info}.
 *
 * <p><b>Threading:</b> one thread. <b>Bounds:</b> the caller's; a walk that is cut short leaves nothing behind.
 */
final class SocketDiag {
    private static final int REQUEST_BYTES = 72;
    private static final short SOCK_DIAG_BY_FAMILY = 20;
    private static final short DUMP_REQUEST = 0x301;
    private static final int TCP = 6;

    private static final int ERROR = 2;
    private static final int DONE = 3;

    private static final int HEADER_BYTES = 16;
    private static final int MESSAGE_BYTES = 72;
    private static final int ATTRIBUTE_INFO = 2;

    /** By the numbers of {@code net/tcp_states.h}, in the words of {@code ss}; others are not asked for. */
    private static final @Nullable String[] STATES = {
        null, "ESTAB", "SYN-SENT", null, "FIN-WAIT-1", null, null, null, "CLOSE-WAIT", "LAST-ACK", "LISTEN", null, null
    };

    private static final int TIMER_ON = 1;
    private static final int TIMER_PERSIST = 4;

    /** Where fields lie in {@code struct tcp_info}. */
    private static final int INFO_RTT = 68;

    private static final int INFO_NOT_SENT = 144;
    private static final int INFO_RWND_LIMITED = 176;
    private static final double MICROS_PER_MILLI = 1_000;
    /** An odd number whose bits are half of them ones. <b>Source:</b> the finalizer of SplitMix64. */
    private static final long MIX = 0xbf58476d1ce4e5b9L;

    private SocketDiag() {}

    /** Families of addresses; each takes a walk over all sockets of the host. */
    enum Family {
        IPV4(2),
        IPV6(10);

        private final int number;

        Family(int number) {
            this.number = number;
        }
    }

    /** Takes sockets. */
    interface Sink {
        /** Whether a socket with these ports is wanted: all that is made of the others is this call. */
        boolean wants(int localPort, int remotePort);

        /** Takes a socket that is wanted. */
        void take(SocketRow row);
    }

    /**
     * Walks over them, in the kernel's order.
     *
     * @param pid a process in the namespace
     * @param family of their addresses
     * @param detailed whether the peer's window, unsent bytes and round trips are asked for, which takes the kernel a lock on each socket
     * @param rowsMax the walk ends after so many that were taken
     * @param into takes those that it wants
     * @return how many were taken
     * @throws IOException when the kernel does not answer, or refuses
     */
    static long walk(long pid, Family family, boolean detailed, long rowsMax, Sink into) throws IOException {
        long rows = 0;
        try (NetlinkSocket socket = NetlinkSocket.in(pid)) {
            socket.send(request(family, detailed));
            long taken = 0;
            while (taken >= 0 && rows < rowsMax) {
                taken = take(socket.receive(), rowsMax - rows, into);
                rows += Math.max(0, taken);
            }
        }
        return rows;
    }

    /**
     * Takes what came; -1 when that was the last.
     *
     * @throws KernelRefusal when the kernel refuses, or could not go on to the end: what came until then is no list
     */
    static long take(ByteBuffer messages, long rowsMax, Sink into) throws IOException {
        int start = 0;
        long rows = 0;
        while (start + HEADER_BYTES <= messages.limit() && rows < rowsMax) {
            int length = messages.getInt(start);
            int type = messages.getShort(start + 4);
            if (type == DONE) {
                requireWhole(messages, start + HEADER_BYTES);
                return -1;
            }
            if (type == ERROR) {
                throw KernelRefusal.ofList(-messages.getInt(start + HEADER_BYTES));
            }
            int at = start + HEADER_BYTES;
            String state = length < HEADER_BYTES + MESSAGE_BYTES ? null : STATES[messages.get(at + 1)];
            if (state != null && into.wants(port(messages, at + 4), port(messages, at + 6))) {
                into.take(row(messages, at, start + length, state));
                rows++;
            }
            start += Math.max(HEADER_BYTES, aligned(length));
        }
        return rows;
    }

    /** The end carries a number, below 0 when it is not that of the list. <b>Source:</b> {@code netlink_dump_done} of {@code net/netlink/af_netlink.c}. */
    private static void requireWhole(ByteBuffer messages, int at) throws KernelRefusal {
        int result = at + Integer.BYTES <= messages.limit() ? messages.getInt(at) : 0;
        if (result < 0) {
            throw KernelRefusal.ofList(-result);
        }
    }

    private static byte[] request(Family family, boolean detailed) {
        ByteBuffer request = ByteBuffer.allocate(REQUEST_BYTES).order(ByteOrder.nativeOrder());
        request.putInt(REQUEST_BYTES)
                .putShort(SOCK_DIAG_BY_FAMILY)
                .putShort(DUMP_REQUEST)
                .putInt(1)
                .putInt(0);
        int states = IntStream.range(0, STATES.length)
                .filter(state -> STATES[state] != null)
                .map(state -> 1 << state)
                .sum();
        request.put((byte) family.number)
                .put((byte) TCP)
                .put((byte) (detailed ? 1 << (ATTRIBUTE_INFO - 1) : 0))
                .put((byte) 0)
                .putInt(states);
        return request.array();
    }

    private static int aligned(int length) {
        return (length + 3) & ~3;
    }

    private static SocketRow row(ByteBuffer message, int at, int end, String state) {
        int timer = message.get(at + 2);
        int info = info(message, at + MESSAGE_BYTES, end);
        int rttMicros = info < 0 ? 0 : message.getInt(info + INFO_RTT);
        return new SocketRow(
                state,
                Integer.toUnsignedLong(message.getInt(at + 56)),
                Integer.toUnsignedLong(message.getInt(at + 60)),
                port(message, at + 4),
                port(message, at + 6),
                mixed(message, at, message.getShort(at + 6), 40),
                mixed(message, at, 0, 24),
                timer == TIMER_PERSIST,
                timer == TIMER_ON ? message.get(at + 3) : 0,
                info < 0 ? -1 : message.getLong(info + INFO_RWND_LIMITED) / 1_000,
                info < 0 ? -1 : Integer.toUnsignedLong(message.getInt(info + INFO_NOT_SENT)),
                rttMicros == 0 ? -1 : rttMicros / MICROS_PER_MILLI);
    }

    /** This end's address, or both ends', and what it begins with, in one number, which is another for other ones as surely as 64 bits can tell. */
    private static Long mixed(ByteBuffer message, int at, long begin, int endWord) {
        long mixed = begin;
        for (int word = 8; word < endWord; word += Long.BYTES) {
            mixed = (mixed ^ message.getLong(at + word)) * MIX;
            mixed ^= mixed >>> 32;
        }
        return mixed;
    }

    /** Ports are in the network's order. */
    private static int port(ByteBuffer message, int at) {
        return ((message.get(at) & 0xff) << 8) | (message.get(at + 1) & 0xff);
    }

    /** Where {@code struct tcp_info} begins; -1 when there is none that is long enough. */
    private static int info(ByteBuffer message, int from, int end) {
        int at = from;
        while (at + 4 <= end) {
            int length = Short.toUnsignedInt(message.getShort(at));
            if (length < 4) {
                return -1;
            }
            if (message.getShort(at + 2) == ATTRIBUTE_INFO) {
                return length - 4 >= INFO_RWND_LIMITED + Long.BYTES ? at + 4 : -1;
            }
            at += aligned(length);
        }
        return -1;
    }
}
