package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.util.Set;

/** The kernel did not do what it was asked. */
final class KernelRefusal extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * A sandbox's and a small kernel's answers: EPERM, EACCES, ENOSYS, EPROTONOSUPPORT, EAFNOSUPPORT. <b>Source:</b> {@code asm-generic/errno.h}.
     */
    private static final Set<Integer> LASTING = Set.of(1, 13, 38, 93, 97);

    private static final int NO_ENTRY = 2;

    private final boolean lasting;

    private KernelRefusal(String message, boolean lasting) {
        super(message);
        this.lasting = lasting;
    }

    /**
     * A call to the system that failed.
     *
     * @param call its name
     * @param errno > 0
     */
    static KernelRefusal ofCall(String call, int errno) {
        return new KernelRefusal(call + " failed with errno " + errno, LASTING.contains(errno));
    }

    /**
     * A list of sockets that was not given, or not to its end. ENOENT says here that this kernel has no such lists, where a call's says that a process
     * is gone.
     *
     * @param errno > 0
     */
    static KernelRefusal ofList(int errno) {
        return new KernelRefusal(
                "the kernel refuses to list sockets: errno " + errno, LASTING.contains(errno) || errno == NO_ENTRY);
    }

    /** Whether it will be the same the next time, whatever becomes of the process that was asked about. */
    boolean isLasting() {
        return lasting;
    }
}
