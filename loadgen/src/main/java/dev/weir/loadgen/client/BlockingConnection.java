package dev.weir.loadgen.client;

import dev.weir.loadgen.measure.CloseKind;
import dev.weir.loadgen.measure.Cohort;
import dev.weir.loadgen.measure.FailureKind;
import dev.weir.loadgen.wire.ClientFrames;
import dev.weir.loadgen.wire.CloseFrame;
import dev.weir.loadgen.wire.Commands;
import dev.weir.loadgen.wire.FrameReader;
import dev.weir.loadgen.wire.Opcode;
import dev.weir.loadgen.wire.Rooms;
import dev.weir.loadgen.wire.ServerLine;
import dev.weir.loadgen.wire.ServerReply;
import dev.weir.loadgen.wire.Upgrade;
import dev.weir.loadgen.wire.UpgradeAnswer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * One connection on a thread of its own, as many load generators have it: connects, joins its rooms and answers pings until it ends.
 *
 * <p><b>Threading:</b> the thread that calls {@link #run}; {@link #close} from any. <b>Bounds:</b> a read buffer of 4 KB, and its thread's stack.
 */
public final class BlockingConnection implements Runnable, FrameReader.Sink {
    private static final int BUFFER_BYTES = 4_096;
    private static final String CLIENT_NAME = "weir-load";
    private static final byte[] PONG_LINE = {'{', '}'};

    private final Dial dial;
    private final int ordinal;
    private final Listener listener;
    private final SplittableRandom random;
    private final Socket socket = new Socket();
    private final long startNanos;
    private String stage = "connect";
    private int repliesLeft;
    private boolean wantsPong;
    private boolean isReady;
    private boolean isOver;
    private long readyNanos;
    private long lastByteNanos;
    private volatile boolean isClosing;

    /** Hears what becomes of it, on its own thread. */
    public interface Listener {
        /** All commands are answered. */
        void ready(long connectMicros);

        /** It did not get ready. */
        void failed(FailureKind kind);

        /** It was ready, and ended unplanned. */
        void ended(CloseKind kind, long ageMillis, long idleMillis);
    }

    /**
     * A connection that has not begun.
     *
     * @param dial how to connect
     * @param ordinal which of the plan's connections it is
     * @param nowNanos when it begins
     */
    public BlockingConnection(Dial dial, int ordinal, Listener listener, long nowNanos) {
        this.dial = dial;
        this.ordinal = ordinal;
        this.listener = listener;
        this.random = new SplittableRandom(dial.seed() + ordinal);
        this.startNanos = nowNanos;
        this.lastByteNanos = nowNanos;
    }

    @Override
    public void run() {
        try (socket) {
            Optional<InetSocketAddress> source = dial.source(ordinal);
            if (source.isPresent()) {
                socket.bind(source.get());
            }
            socket.connect(dial.endpoint(ordinal).address(), millis(dial.timeoutNanos()));
            socket.setSoTimeout(millis(dial.timeoutNanos()));
            upgrade();
        } catch (SocketTimeoutException e) {
            broken("ETIMEDOUT");
        } catch (IOException e) {
            broken(Errno.of(e));
        }
    }

    private static int millis(long nanos) {
        return Math.toIntExact(TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    private void upgrade() throws IOException {
        stage = "no-101";
        String key = Upgrade.key(random.nextLong(), random.nextLong());
        write(dial.endpoint(ordinal).request(key.getBytes(StandardCharsets.US_ASCII)));
        byte[] buffer = new byte[BUFFER_BYTES];
        byte[] answer = {};
        while (true) {
            int length = socket.getInputStream().read(buffer);
            if (length < 0) {
                broken("");
                return;
            }
            int had = answer.length;
            answer = Arrays.copyOf(answer, had + length);
            System.arraycopy(buffer, 0, answer, had, length);
            switch (UpgradeAnswer.read(answer, answer.length, Upgrade.accept(key))) {
                case UpgradeAnswer.Incomplete() -> {}
                case UpgradeAnswer.Refused refused -> {
                    fail("http-status", "", refused.status());
                    return;
                }
                case UpgradeAnswer.NotHttp _ -> {
                    fail("no-101", "", 0);
                    return;
                }
                case UpgradeAnswer.Switched switched -> {
                    join();
                    read(new FrameReader(true), answer, switched.length(), buffer);
                    return;
                }
            }
        }
    }

    private void join() throws IOException {
        stage = "protocol";
        int own = dial.joinedRoom(ordinal);
        int[] rooms = own == Rooms.UNKNOWN
                ? dial.everyone() ? new int[] {Rooms.EVERYONE} : new int[0]
                : dial.everyone() ? new int[] {own, Rooms.EVERYONE} : new int[] {own};
        repliesLeft = 1 + rooms.length;
        write(ClientFrames.frame(Opcode.TEXT, Commands.join(CLIENT_NAME, rooms), random.nextInt()));
    }

    private void read(FrameReader reader, byte[] answer, int from, byte[] buffer) throws IOException {
        byte[] bytes = answer;
        int start = from;
        int length = answer.length;
        while (!isOver && length >= 0) {
            if (reader.feed(bytes, start, length, this) != null) {
                fail("protocol", "", CloseFrame.NO_FRAME);
                return;
            }
            if (isOver) {
                return;
            }
            bytes = buffer;
            start = 0;
            length = socket.getInputStream().read(buffer);
            lastByteNanos = length < 0 ? lastByteNanos : System.nanoTime();
        }
        broken("");
    }

    @Override
    public void line(byte[] bytes, int from, int to, boolean isWhole) {
        switch (ServerLine.of(bytes, from, to)) {
            case PING -> {
                if (dial.heartbeat() && wantsPong) {
                    say(Opcode.TEXT, PONG_LINE);
                }
            }
            case PUSH -> {
                // What comes is read and let go: this is an agent that holds connections.
            }
            case REPLY -> reply(ServerReply.read(bytes, from, to));
        }
    }

    private void reply(ServerReply reply) {
        if (isReady) {
            return;
        }
        if (reply.errorCode() != 0) {
            fail("protocol", "", reply.errorCode());
            return;
        }
        if (reply.id() == Commands.CONNECT_ID) {
            wantsPong = reply.pong();
        }
        if (--repliesLeft == 0) {
            ready();
        }
    }

    private void ready() {
        isReady = true;
        readyNanos = System.nanoTime();
        listener.ready((readyNanos - startNanos) / 1_000);
        try {
            socket.setSoTimeout(0);
        } catch (IOException e) {
            broken(Errno.of(e));
        }
    }

    @Override
    public void control(int opcode, byte[] payload) {
        if (opcode == Opcode.PING && dial.heartbeat()) {
            say(Opcode.PONG, payload);
        } else if (opcode == Opcode.CLOSE) {
            CloseFrame frame = CloseFrame.read(payload);
            say(Opcode.CLOSE, payload);
            over("gateway", "close-frame", frame.code(), frame.reason());
        }
    }

    private void say(int opcode, byte[] payload) {
        try {
            write(ClientFrames.frame(opcode, payload, random.nextInt()));
        } catch (IOException e) {
            broken(Errno.of(e));
        }
    }

    private void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The socket ended, or an operation on it failed. */
    private void broken(String errno) {
        over(dial.nextHop(), errno.isEmpty() ? "fin" : "rst", CloseFrame.NO_FRAME, "", errno);
    }

    private void over(String by, String how, int code, String reason) {
        over(by, how, code, reason, "");
    }

    private void over(String by, String how, int code, String reason, String errno) {
        if (!isReady) {
            fail(stage, errno, 0);
        } else if (!isOver && !isClosing) {
            isOver = true;
            long now = System.nanoTime();
            listener.ended(
                    new CloseKind(by, how, code, reason, Cohort.NORMAL),
                    (now - readyNanos) / 1_000_000,
                    (now - lastByteNanos) / 1_000_000);
        }
    }

    private void fail(String failedAt, String errno, int status) {
        if (!isOver && !isClosing) {
            isOver = true;
            listener.failed(new FailureKind(failedAt, errno, status));
        }
    }

    /** Ends it as planned, whatever it is doing. */
    public void close() throws IOException {
        isClosing = true;
        socket.close();
    }
}
