package dev.weir.loadgen.client;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import java.util.concurrent.Semaphore;

/**
 * One loop's turn at a processor: taken before it deals with what is ready, given back before it looks again.
 *
 * <p>Left to the scheduler of the system, 54 busy loops share two processors a few milliseconds at a time, and whatever else wants one is one of 54:
 * the garbage collectors of all processes of this machine, the gateway's API, the publisher that measures it. In turns, the loops that have none
 * wait in order and are not runnable, and what has come for them meanwhile is dealt with at once.
 *
 * <p><b>Threading:</b> owned by one loop; the semaphore is shared by all.
 */
final class LoopTurn {
    private final Semaphore turns;
    private boolean taken;

    /**
     * Not taken.
     *
     * @param turns fair; as many permits as loops may work at once
     */
    LoopTurn(Semaphore turns) {
        this.turns = turns;
    }

    /** Waits for a turn; nothing where the loop has one. */
    void take() {
        if (!taken) {
            turns.acquireUninterruptibly();
            taken = true;
        }
    }

    /** Lets who has waited longest go on; nothing where the loop has no turn. */
    void give() {
        if (taken) {
            taken = false;
            turns.release();
        }
    }

    /** The handler of a loop that works in turns: tasks and timers are done in one too, and a loop that ends gives its own back. */
    IoHandler around(IoHandler handler) {
        return new InTurns(handler);
    }

    private final class InTurns implements IoHandler {
        private final IoHandler handler;

        InTurns(IoHandler handler) {
            this.handler = handler;
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
