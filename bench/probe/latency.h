// A histogram of latencies: 128 steps to each power of two, so a value read from it is at most 0.8 % too low.
#pragma once
#include <stdint.h>

enum { LATENCY_STEPS = 128, LATENCY_BUCKETS = LATENCY_STEPS * 58 };

struct latency {
    uint64_t counts[LATENCY_BUCKETS];
    uint64_t total;
    uint64_t max;
};

static inline void latency_record(struct latency *latency, uint64_t value) {
    int shift = value < LATENCY_STEPS ? 0 : 56 - __builtin_clzll(value);
    uint64_t step = value >> shift;
    latency->counts[(uint64_t)shift * LATENCY_STEPS + step]++;
    latency->total++;
    if (value > latency->max) latency->max = value;
}

static inline void latency_add(struct latency *sum, const struct latency *more) {
    for (int i = 0; i < LATENCY_BUCKETS; i++) sum->counts[i] += more->counts[i];
    sum->total += more->total;
    if (more->max > sum->max) sum->max = more->max;
}

// The value that the given share of all records, above 0 and at most 1, does not exceed; 0 when there are none.
static inline uint64_t latency_quantile(const struct latency *latency, double share) {
    uint64_t wanted = (uint64_t)(share * (double)latency->total + 0.999999), seen = 0;
    for (uint64_t i = 0; i < LATENCY_BUCKETS; i++) {
        seen += latency->counts[i];
        if (seen == 0 || seen < wanted) continue;
        uint64_t shift = i < 2 * LATENCY_STEPS ? 0 : i / LATENCY_STEPS - 1;
        return (i - shift * LATENCY_STEPS) << shift;
    }
    return latency->max;
}
