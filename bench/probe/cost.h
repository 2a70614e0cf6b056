// What a server has cost so far, read from outside it.
#pragma once
#include <stdint.h>
#include <sys/types.h>

enum { SERVER_PIDS_MAX = 16 };

// Monotonic time in nanoseconds.
uint64_t now_nanos(void);

// CPU nanoseconds that the processes have used since they began, user and kernel, threads that ended included. Resolution:
// nanoseconds (the scheduler's own sums, by clock_getcpuclockid), not the 10 ms ticks of /proc/PID/stat.
// Interrupts that the kernel accounts apart are left out, as in every such figure.
// A process that is gone ends the probe: its earlier use can no longer be read, so no difference would be true.
uint64_t cpu_nanos(const pid_t *pids, int count);

// Resident bytes of the processes together (VmRSS of /proc/PID/status).
uint64_t resident_bytes(const pid_t *pids, int count);
