// probe: the neutral client of the benchmarks. It opens subscribers to any WebSocket server, publishes over HTTP, counts
// what arrives, reads from outside what the server's processes paid for it, and prints one line of JSON.
//
// One thread, one epoll loop, about 32 bytes of memory a connection, so that it costs little beside what it measures.
// Only when the connections do not fit into one table of descriptors, further processes of the same kind take their share.
#define _GNU_SOURCE
#include "probe/fail.h"
#include "probe/limits.h"
#include "probe/report.h"
#include "probe/workers.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { EVENTS_MAX = 512, TAG_PUBLISHER = 0xffffffff, TAG_INPUT = 0xfffffffe, LOOK_MILLIS = 1 };

static struct plan plan;
static struct figures figures;
static int epoll;
static bool input_ended;

void fail(int code, const char *form, ...) {
    va_list values;
    va_start(values, form);
    fputs("probe: ", stderr);
    vfprintf(stderr, form, values);
    fputc('\n', stderr);
    va_end(values);
    exit(code);
}

static void serve(int millis) {
    struct epoll_event events[EVENTS_MAX];
    int ready = epoll_wait(epoll, events, EVENTS_MAX, millis);
    for (int i = 0; i < ready; i++) {
        uint32_t tag = events[i].data.u32;
        char ignored[256];
        if (tag == TAG_PUBLISHER) publisher_event();
        else if (tag == TAG_INPUT) input_ended = read(STDIN_FILENO, ignored, sizeof ignored) <= 0;
        else subscribers_event(tag, events[i].events);
    }
}

// One turn of the first worker's loop. What the others see shows in their accounts only, so it looks there often.
static void turn(int millis) {
    bool alone = plan.subscribe.workers == 1;
    serve(alone || millis < LOOK_MILLIS ? millis : LOOK_MILLIS);
    if (!alone) workers_check();
}

static uint64_t server_nanos(void) { return cpu_nanos(plan.pids, plan.pid_count); }

static uint64_t server_bytes(void) { return resident_bytes(plan.pids, plan.pid_count); }

// ---- the phases

static void connect_all(void) {
    uint64_t cpu = server_nanos(), begun = now_nanos(), limit = begun + plan.timeout_seconds * (uint64_t)NANOS_PER_SECOND;
    while (subscribers_connecting() && now_nanos() < limit) turn(100);
    figures.connect_nanos = now_nanos() - begun;
    figures.connect_cpu_nanos = server_nanos() - cpu;
    figures.connected = accounts_counts();
}

static void rest_until(uint64_t end) {
    for (uint64_t now; (now = now_nanos()) < end;) {
        uint64_t left = (end - now) / 1000000 + 1;
        // Nobody waits for the other workers here: no need to look often, which would cost CPU beside what is measured.
        serve(left < 100 ? (int)left : 100);
    }
    workers_check();
}

static void hold(void) {
    uint64_t at = now_nanos() + plan.settle_seconds * (uint64_t)NANOS_PER_SECOND;
    rest_until(at);
    for (int i = 0; plan.hold_seconds && i < plan.holds; i++) {
        uint64_t pings = accounts_counts().pings, cpu = server_nanos(), begun = now_nanos();
        rest_until(at += plan.hold_seconds * (uint64_t)NANOS_PER_SECOND);
        uint64_t nanos = now_nanos() - begun;
        figures.idle_cpu_micros_per_second[i] = (double)(server_nanos() - cpu) / 1000 / ((double)nanos / NANOS_PER_SECOND);
        figures.idle_pings[i] = (double)(accounts_counts().pings - pings);
    }
}

static void publish_all(void) {
    publisher_open(&plan.publish, epoll, TAG_PUBLISHER);
    if (plan.warmup_messages) publisher_warm_up(plan.warmup_messages, turn);
    uint64_t delivered = accounts_counts().deliveries, cpu = server_nanos();
    publisher_run(plan.messages, turn, &figures.published);
    figures.publish_cpu_nanos = server_nanos() - cpu;
    figures.delivered = accounts_counts().deliveries - delivered;
}

// Until standard input ends, as it does when whoever started the probe goes away.
static void stay(void) {
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = TAG_INPUT};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, STDIN_FILENO, &event)) return; // a file or /dev/null has nothing to wait for
    while (!input_ended) serve(1000);
}

static int lead(void) {
    figures.rss_before = server_bytes();
    connect_all();
    hold();
    figures.rss_connected = server_bytes();
    if (plan.messages) publish_all();
    figures.rss_after = server_bytes();
    report(&plan, &figures);
    if (plan.stay) stay();
    bool complete = figures.connected.ready == plan.subscribe.connections && figures.delivered == figures.published.expected;
    return complete && !accounts_counts().lost ? 0 : EXIT_INCOMPLETE;
}

int main(int count, char **values) {
    plan = plan_parse(count, values);
    choose_workers(&plan.subscribe);
    choose_sources(&plan.subscribe);
    accounts_open(plan.subscribe.workers);
    int worker = workers_fork(plan.subscribe.workers);
    epoll = epoll_create1(EPOLL_CLOEXEC);
    subscribers_open(&plan.subscribe, worker, epoll);
    if (worker == 0) return lead();
    for (;;) {
        subscribers_connecting();
        serve(1000);
    }
}
