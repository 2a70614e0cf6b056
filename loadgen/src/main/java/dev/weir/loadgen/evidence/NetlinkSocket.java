package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A socket that asks the kernel about the sockets of a network namespace.
 *
 * <p><b>Source:</b> netlink(7), sock_diag(7), setns(2); numbers of {@code linux/socket.h} and {@code asm-generic/fcntl.h}.
 *
 * <p><b>Threading:</b> one thread. <b>Bounds:</b> a buffer of {@value #BUFFER_BYTES} bytes; an answer is waited for {@value #WAIT_SECONDS} s.
 */
final class NetlinkSocket implements AutoCloseable {
    /** The kernel fills at most 32 KB at a time, however large the buffer. */
    private static final int BUFFER_BYTES = 64 << 10;

    private static final int WAIT_SECONDS = 2;
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int NETLINK_SOCK_DIAG = 4;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int CLONE_NEWNET = 0x40000000;

    private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURED.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final AddressLayout POINTER = ValueLayout.ADDRESS;

    private static final MethodHandle SOCKET = function("socket", INT, INT, INT, INT);
    private static final MethodHandle SET_OPTION = function("setsockopt", INT, INT, INT, INT, POINTER, INT);
    private static final MethodHandle SEND = function("send", LONG, INT, POINTER, LONG, INT);
    private static final MethodHandle RECEIVE = function("recv", LONG, INT, POINTER, LONG, INT);
    private static final MethodHandle CLOSE = function("close", INT, INT);
    private static final MethodHandle OPEN = function("open", INT, POINTER, INT);
    private static final MethodHandle SET_NAMESPACE = function("setns", INT, INT, INT);

    private final Arena arena = Arena.ofShared();
    private final MemorySegment captured = arena.allocate(CAPTURED);
    private final MemorySegment buffer = arena.allocate(BUFFER_BYTES, Long.BYTES);
    /** What was received, where reading it needs no look at the arena's life for each number. */
    private final ByteBuffer received = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.nativeOrder());

    private int descriptor = -1;

    private NetlinkSocket() {}

    /**
     * Opens one.
     *
     * @param pid a process in the network namespace that is asked about
     * @throws IOException when the system refuses it, or refuses to enter that namespace
     */
    static NetlinkSocket in(long pid) throws IOException {
        NetlinkSocket socket = new NetlinkSocket();
        try {
            boolean own = ProcessFiles.networkNamespace(pid)
                    .equals(ProcessFiles.networkNamespace(
                            ProcessHandle.current().pid()));
            if (own) {
                socket.open();
            } else {
                socket.openInside(pid);
            }
            return socket;
        } catch (IOException | RuntimeException | Error e) {
            socket.close();
            throw e;
        }
    }

    /** A namespace is entered by a thread, which ends there: the way back is one that could fail. */
    private void openInside(long pid) throws IOException {
        CompletableFuture<Void> opened = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("weir-evidence-namespace").start(() -> {
            try {
                enter(pid);
                open();
                opened.complete(null);
            } catch (IOException | RuntimeException | Error e) {
                opened.completeExceptionally(e);
            }
        });
        try {
            opened.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof KernelRefusal refusal) {
                throw refusal;
            }
            throw new IOException(String.valueOf(e.getCause()), e.getCause());
        }
    }

    private void enter(long pid) throws IOException {
        MemorySegment path = arena.allocateFrom("/proc/" + pid + "/ns/net");
        int namespace = (int) call("open", () -> (int) OPEN.invokeExact(captured, path, CLOSE_ON_EXEC));
        try {
            call("setns", () -> (int) SET_NAMESPACE.invokeExact(captured, namespace, CLONE_NEWNET));
        } finally {
            call("close", () -> (int) CLOSE.invokeExact(captured, namespace));
        }
    }

    private void open() throws IOException {
        descriptor = (int) call("socket", () ->
                (int) SOCKET.invokeExact(captured, AF_NETLINK, SOCK_RAW | CLOSE_ON_EXEC, NETLINK_SOCK_DIAG));
        MemorySegment time = arena.allocateFrom(LONG, WAIT_SECONDS, 0);
        call("setsockopt", () -> (int)
                SET_OPTION.invokeExact(captured, descriptor, SOL_SOCKET, SO_RCVTIMEO, time, (int) time.byteSize()));
    }

    /** Sends a message, whole. */
    void send(byte[] message) throws IOException {
        MemorySegment out = arena.allocate(message.length);
        MemorySegment.copy(message, 0, out, ValueLayout.JAVA_BYTE, 0, message.length);
        call("send", () -> (long) SEND.invokeExact(captured, descriptor, out, out.byteSize(), 0));
    }

    /**
     * What the kernel says next, one or more messages; it is overwritten by the next call.
     *
     * @throws IOException when nothing comes in time
     */
    ByteBuffer receive() throws IOException {
        long bytes =
                call("recv", () -> (long) RECEIVE.invokeExact(captured, descriptor, buffer, (long) BUFFER_BYTES, 0));
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, received.array(), 0, (int) bytes);
        return received.clear().limit((int) bytes);
    }

    @Override
    public void close() {
        try {
            if (descriptor >= 0) {
                int open = descriptor;
                descriptor = -1;
                call("close", () -> (int) CLOSE.invokeExact(captured, open));
            }
        } catch (IOException e) {
            throw new IllegalStateException("a descriptor of one's own must be closable", e);
        } finally {
            arena.close();
        }
    }

    private interface Call {
        long make() throws Throwable;
    }

    private long call(String name, Call call) throws IOException {
        try {
            long result = call.make();
            if (result < 0) {
                throw KernelRefusal.ofCall(name, (int) ERRNO.get(captured, 0L));
            }
            return result;
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted") // jvm.options permits native access, as Netty needs it too.
    private static MethodHandle function(String name, ValueLayout result, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }
}
