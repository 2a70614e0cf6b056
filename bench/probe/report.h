// What one run of the probe found.
#pragma once
#include "accounts.h"
#include "plan.h"

struct figures {
    struct counts connected; // when connecting was over
    uint64_t connect_nanos, connect_cpu_nanos, publish_cpu_nanos, delivered;
    uint64_t rss_before, rss_connected, rss_after;
    double idle_cpu_micros_per_second[HOLDS_MAX], idle_pings[HOLDS_MAX]; // by hold, in order
    struct publish_result published;
};

// One line of JSON on standard output.
void report(const struct plan *plan, const struct figures *figures);
