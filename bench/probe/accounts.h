// What every worker has counted, in memory that all of them share: each writes its own, the first reads them all.
#pragma once
#include "latency.h"

struct counts {
    int ready;            // open and ready now
    int failed;           // lost before they were ready
    int lost;             // lost after
    uint64_t deliveries;
    uint64_t last_delivery_nanos;
    uint64_t pings;       // answered
};

struct account {
    struct counts counts;
    struct latency latency_micros;
    char first_error[160];
};

// Before the workers are forked.
void accounts_open(int workers);
struct account *account_of(int worker);

// Of all workers together.
struct counts accounts_counts(void);
void accounts_latency_micros(struct latency *out);
// Empty when nothing went wrong.
const char *accounts_first_error(void);
