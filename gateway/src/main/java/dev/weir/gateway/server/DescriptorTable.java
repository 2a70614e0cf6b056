package dev.weir.gateway.server;

import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A descriptor table of a thread's own. The limit on open files is one on a table, and the threads of a process share theirs only until
 * one of them says otherwise: with a table for each event loop a process holds loops × limit sockets, whatever the hard limit is.
 *
 * <p>From the split on a number means one thing in this thread and maybe another in the others. So a loop that has split opens, uses and
 * closes its sockets itself; what it reads through descriptors of others it has had before ({@link #prepare}); and it keeps no other's
 * sockets open, lest a connection that another thread closes stay half open until the process ends.
 *
 * <p><b>Source:</b> unshare(2), {@code CLONE_FILES}: needs no privilege; sandboxes may refuse it, as Docker's default seccomp profile does.
 *
 * <p><b>Threading:</b> {@link #split} on the thread that is to have a table; the rest on any.
 */
public final class DescriptorTable {
    private static final int CLONE_FILES = 0x400;
    private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURED.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final Path OWN_DESCRIPTORS = Path.of("/proc/thread-self/fd");

    private DescriptorTable() {}

    /**
     * Why a thread cannot have a table of its own here; tried on a thread that ends at once.
     *
     * @return empty when it can
     */
    public static Optional<String> refusal() {
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        Thread.ofPlatform().name("descriptor-table-trial").start(() -> {
            try {
                split();
                answer.complete(Optional.empty());
            } catch (IOException e) {
                answer.complete(Optional.of(String.valueOf(e.getMessage())));
            } catch (LinkageError | RuntimeException e) {
                answer.complete(Optional.of("no unshare(2) on this platform: " + e));
            }
        });
        return answer.join();
    }

    /**
     * Opens, in the table that all share, what a loop may want to read after its split: every jar of the class path, which the class
     * loader opens one by one as it searches them, and the source of randomness.
     */
    static void prepare() {
        ClassLoader loader = DescriptorTable.class.getClassLoader();
        if (loader != null) {
            loader.getResource("no/such/resource");
        }
        new SecureRandom().nextInt();
    }

    /**
     * Starts, from a thread that shares its table, the thread on which Netty tells that loops have ended, and keeps it. By itself it lives for a second
     * after its last task; started again by a loop that ends, it would have that loop's table, and could not wake the loops that are left.
     *
     * @return lets it go, once all loops have ended
     */
    static Runnable keepHelper() {
        Future<?> kept = GlobalEventExecutor.INSTANCE.scheduleWithFixedDelay(() -> {}, 0, 1, TimeUnit.HOURS);
        return () -> kept.cancel(false);
    }

    /**
     * Gives the calling thread a table of its own: a copy of the shared one without its sockets.
     *
     * @throws IOException when the system refuses
     */
    static void split() throws IOException {
        call("unshare", CLONE_FILES);
        for (int descriptor : socketsOfOthers()) {
            call("close", descriptor);
        }
    }

    private static List<Integer> socketsOfOthers() throws IOException {
        List<Integer> sockets = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(OWN_DESCRIPTORS)) {
            for (Path entry : entries) {
                if (isSocket(entry)) {
                    sockets.add(Integer.parseInt(entry.getFileName().toString()));
                }
            }
        }
        return sockets;
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    /** Calls a function of the C library that takes an int and gives 0 or -1. */
    @SuppressWarnings("restricted") // jvm.options permits native access, as Netty needs it too.
    private static void call(String function, int argument) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Linker linker = Linker.nativeLinker();
            MethodHandle handle = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow(function),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                    Linker.Option.captureCallState("errno"));
            MemorySegment captured = arena.allocate(CAPTURED);
            int result = (int) handle.invokeExact(captured, argument);
            if (result != 0) {
                throw new IOException(function + "(" + argument + ") failed with errno " + ERRNO.get(captured, 0L));
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
