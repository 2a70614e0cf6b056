#define _GNU_SOURCE
#include "cost.h"

#include "fail.h"
#include <stdio.h>
#include <time.h>

static uint64_t clock_nanos(clockid_t clock) {
    struct timespec time;
    return clock_gettime(clock, &time) ? 0 : (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

uint64_t now_nanos(void) { return clock_nanos(CLOCK_MONOTONIC); }

uint64_t cpu_nanos(const pid_t *pids, int count) {
    uint64_t sum = 0;
    for (int i = 0; i < count; i++) {
        clockid_t clock;
        uint64_t nanos = clock_getcpuclockid(pids[i], &clock) ? 0 : clock_nanos(clock);
        if (nanos == 0) fail(EXIT_ENVIRONMENT, "a server must stay alive while it is measured: pid=%d", (int)pids[i]);
        sum += nanos;
    }
    return sum;
}

uint64_t resident_bytes(const pid_t *pids, int count) {
    uint64_t sum = 0;
    for (int i = 0; i < count; i++) {
        char path[64], line[256];
        unsigned long kilobytes;
        snprintf(path, sizeof path, "/proc/%d/status", (int)pids[i]);
        FILE *status = fopen(path, "r");
        if (!status) fail(EXIT_ENVIRONMENT, "a server must stay alive while it is measured: pid=%d", (int)pids[i]);
        while (fgets(line, sizeof line, status))
            if (sscanf(line, "VmRSS: %lu", &kilobytes) == 1) sum += (uint64_t)kilobytes * 1024;
        fclose(status);
    }
    return sum;
}
