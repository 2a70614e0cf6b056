// More connections than one table of descriptors holds are shared out over processes. Threads that each unshare() their
// table would do as well, but Docker's seccomp profile refuses that call, and a fork of this program is as cheap.
#pragma once

// Forks all workers but the first, which is the caller. Returns in each with its number. The others are killed when the
// first ends, however it ends.
int workers_fork(int workers);
// Ends the probe when a worker has ended, which none does in order.
void workers_check(void);
