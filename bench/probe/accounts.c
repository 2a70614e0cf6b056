#define _GNU_SOURCE
#include "accounts.h"

#include "fail.h"
#include <string.h>
#include <sys/mman.h>

static struct account *accounts;
static int workers;

void accounts_open(int count) {
    workers = count;
    accounts = mmap(NULL, (size_t)count * sizeof *accounts, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (accounts == MAP_FAILED) fail(EXIT_ENVIRONMENT, "out of memory");
}

struct account *account_of(int worker) { return &accounts[worker]; }

struct counts accounts_counts(void) {
    struct counts sum = {0};
    for (int i = 0; i < workers; i++) {
        // Another process may be writing: each number is whole, and they are a moment apart.
        const volatile struct counts *counts = &accounts[i].counts;
        uint64_t last = counts->last_delivery_nanos;
        sum.ready += counts->ready, sum.failed += counts->failed, sum.lost += counts->lost;
        sum.deliveries += counts->deliveries, sum.pings += counts->pings;
        if (last > sum.last_delivery_nanos) sum.last_delivery_nanos = last;
    }
    return sum;
}

void accounts_latency_micros(struct latency *out) {
    memset(out, 0, sizeof *out);
    for (int i = 0; i < workers; i++) latency_add(out, &accounts[i].latency_micros);
}

const char *accounts_first_error(void) {
    for (int i = 0; i < workers; i++)
        if (accounts[i].first_error[0]) return accounts[i].first_error;
    return "";
}
