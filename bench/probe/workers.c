#define _GNU_SOURCE
#include "workers.h"

#include "fail.h"
#include "limits.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t others[WORKERS_MAX];
static int count;

static void end_others(void) {
    for (int i = 0; i < count; i++) kill(others[i], SIGKILL);
    for (int i = 0; i < count; i++) waitpid(others[i], NULL, 0);
}

int workers_fork(int workers) {
    pid_t first = getpid();
    for (int worker = 1; worker < workers; worker++) {
        pid_t pid = fork();
        if (pid < 0) fail(EXIT_ENVIRONMENT, "cannot fork worker %d of %d: %s", worker, workers, strerror(errno));
        if (pid) {
            others[count++] = pid;
            continue;
        }
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        // It may have ended before that line.
        if (getppid() != first) _exit(EXIT_ENVIRONMENT);
        return worker;
    }
    atexit(end_others);
    return 0;
}

void workers_check(void) {
    int status;
    pid_t pid = waitpid(-1, &status, WNOHANG);
    if (pid > 0) fail(EXIT_ENVIRONMENT, "a worker of the probe ended: pid=%d status=%d", (int)pid, status);
}
