package dev.weir.gateway.server;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.concurrent.locks.LockSupport;

/**
 * One loop's turn at a processor: taken before it deals with what is ready, given back before it looks again.
 *
 * <p>Left to the scheduler of the system, 54 busy loops share two processors a few milliseconds at a time, and whatever else wants one, the garbage
 * collector of this process above all, is one of 54: a collection of 50 ms took a second, and the API answered after two. In turns, the loops
 * that have none wait in order and are not runnable, and what has come for them meanwhile is dealt with at once.
 *
 * <p>A loop to which another thread has given a task is called: its next turn comes before those of the others and is for tasks alone. A publish,
 * which is a task for every loop, so takes a round of short turns and not one in which each loop first frees the sockets that have ended. The
 * turn after it is in order again, so that tasks without end do not keep the others from their sockets.
 *
 * <p><b>Threading:</b> owned by one loop; {@link #call} and {@link #grant} by any thread.
 */
final class LoopTurn {
    private final LoopTurns turns;
    private boolean taken;
    private volatile boolean wasCalled;
    private volatile Thread loop = Thread.currentThread();
    private volatile boolean granted;
    private volatile boolean called;

    /** Not taken. */
    LoopTurn(LoopTurns turns) {
        this.turns = turns;
    }

    /**
     * Waits for a turn; nothing where the loop has one.
     *
     * @return whether it is one for tasks alone
     */
    boolean take() {
        if (taken) {
            return false;
        }
        loop = Thread.currentThread();
        granted = false;
        if (!turns.ask(this)) {
            while (!granted) {
                LockSupport.park(turns);
            }
        }
        taken = true;
        wasCalled = isCalled();
        called = false;
        return wasCalled;
    }

    /** Lets the next one go on; nothing where the loop has no turn. */
    void give() {
        if (taken) {
            taken = false;
            turns.give();
        }
    }

    /** Something other than its sockets waits for the loop. */
    void call() {
        if (!called) {
            called = true;
            if (isCalled()) {
                turns.call(this);
            }
        }
    }

    /** Whether the next turn comes before those of the others: never twice in a row. */
    boolean isCalled() {
        return called && !wasCalled;
    }

    /** The turn is this loop's. */
    void grant() {
        granted = true;
        LockSupport.unpark(loop);
    }

    /** Whether the last wait has come to its end. */
    boolean granted() {
        return granted;
    }

    /** The handler of a loop that works in turns: tasks and timers are done in one too, and a loop that ends gives its own back. */
    IoHandler around(IoHandler handler, ThreadAwareExecutor executor) {
        return new InTurns(handler, executor);
    }

    private final class InTurns implements IoHandler {
        private final IoHandler handler;
        private final ThreadAwareExecutor executor;

        InTurns(IoHandler handler, ThreadAwareExecutor executor) {
            this.handler = handler;
            this.executor = executor;
        }

        @Override
        public void initialize() {
            handler.initialize();
        }

        @Override
        public int run(IoHandlerContext context) {
            int handled = handler.run(context);
            take();
            return handled;
        }

        @Override
        public IoRegistration register(IoHandle handle) throws Exception {
            return handler.register(handle);
        }

        @Override
        public void wakeup() {
            if (!executor.isExecutorThread(Thread.currentThread())) {
                call();
            }
            handler.wakeup();
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> type) {
            return handler.isCompatible(type);
        }

        @Override
        public void prepareToDestroy() {
            handler.prepareToDestroy();
        }

        @Override
        public void destroy() {
            try {
                handler.destroy();
            } finally {
                give();
            }
        }
    }
}
