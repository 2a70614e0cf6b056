package dev.weir.loadgen.evidence;

/**
 * What {@code /proc/stat} says of the whole host since boot.
 *
 * @param busyTicks processor time that was not idle
 * @param allTicks all processor time
 * @param contextSwitches of all processors
 * @param interrupts of all processors
 * @param runnable tasks that run or wait for a processor now
 */
record HostStat(long busyTicks, long allTicks, long contextSwitches, long interrupts, long runnable) {
    private static final int COLUMNS = 9;
    private static final int IDLE = 4;
    private static final int WAITING_FOR_DISK = 5;

    static HostStat parse(String text) {
        String[] cpu = text.substring(0, text.indexOf('\n')).trim().split("\\s+", -1);
        long all = 0;
        for (int i = 1; i < Math.min(cpu.length, COLUMNS); i++) {
            all += Long.parseLong(cpu[i]);
        }
        long busy = all - Long.parseLong(cpu[IDLE]) - Long.parseLong(cpu[WAITING_FOR_DISK]);
        return new HostStat(busy, all, first(text, "ctxt"), first(text, "intr"), first(text, "procs_running"));
    }

    /** The first figure of a line, 0 where the kernel has none. */
    private static long first(String text, String name) {
        int at = text.indexOf("\n" + name + " ");
        if (at < 0) {
            return 0;
        }
        int from = at + name.length() + 2;
        int to = from;
        while (to < text.length() && Character.isDigit(text.charAt(to))) {
            to++;
        }
        return Long.parseLong(text.substring(from, to));
    }
}
