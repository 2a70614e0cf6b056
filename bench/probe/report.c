#include "report.h"

#include <stdio.h>
#include <string.h>

#define SECONDS(nanos) ((double)(nanos) / NANOS_PER_SECOND)

typedef unsigned long long whole;

static double ratio(double value, double by) { return by > 0 ? value / by : 0; }

static void put_quantiles(const char *name, const struct latency *latency) {
    printf(",\"%s_p50\":%llu,\"%s_p90\":%llu,\"%s_p99\":%llu,\"%s_max\":%llu", name, (whole)latency_quantile(latency, 0.5), name,
           (whole)latency_quantile(latency, 0.9), name, (whole)latency_quantile(latency, 0.99), name, (whole)latency->max);
}

static void put_list(const char *name, const double *values, int count) {
    printf(",\"%s\":[", name);
    for (int i = 0; i < count; i++) printf("%s%.3f", i ? "," : "", values[i]);
    printf("]");
}

static void put_connecting(const struct plan *plan, const struct figures *f) {
    struct counts now = accounts_counts();
    printf("{\"connections\":%d,\"connected\":%d,\"failed\":%d,\"lost\":%d,\"first_error\":\"%s\"", plan->subscribe.connections,
           f->connected.ready, plan->subscribe.connections - f->connected.ready - f->connected.lost, now.lost, accounts_first_error());
    printf(",\"connect_seconds\":%.4f,\"connect_cpu_seconds\":%.6f,\"connect_cpu_micros_per_connection\":%.3f", SECONDS(f->connect_nanos),
           SECONDS(f->connect_cpu_nanos), ratio((double)f->connect_cpu_nanos / 1000, f->connected.ready));
    printf(",\"rss_before_bytes\":%llu,\"rss_connected_bytes\":%llu,\"rss_after_bytes\":%llu", (whole)f->rss_before,
           (whole)f->rss_connected, (whole)f->rss_after);
}

static void put_publishing(const struct figures *f) {
    static struct latency latency;
    double seconds = SECONDS(f->published.nanos), cpu = SECONDS(f->publish_cpu_nanos), delivered = (double)f->delivered;
    accounts_latency_micros(&latency);
    printf(",\"published\":%d,\"deliveries\":%llu,\"deliveries_expected\":%llu,\"publish_seconds\":%.4f,\"publish_cpu_seconds\":%.6f",
           f->published.sent, (whole)f->delivered, (whole)f->published.expected, seconds, cpu);
    printf(",\"deliveries_per_second\":%.0f,\"deliveries_per_cpu_second\":%.0f", ratio(delivered, seconds), ratio(delivered, cpu));
    put_quantiles("latency_micros", &latency);
    put_quantiles("last_micros", &f->published.last_micros);
    put_quantiles("lag_micros", &f->published.lag_micros);
}

void report(const struct plan *plan, const struct figures *figures) {
    int holds = plan->hold_seconds ? plan->holds : 0;
    put_connecting(plan, figures);
    put_list("idle_cpu_micros_per_second", figures->idle_cpu_micros_per_second, holds);
    put_list("idle_pings", figures->idle_pings, holds);
    put_publishing(figures);
    puts("}");
    fflush(stdout);
}
