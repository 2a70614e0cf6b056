// probe: the neutral client of the benchmarks. It opens subscribers to any WebSocket server, publishes over HTTP, counts
// what arrives, reads from outside what the server's processes paid for it, and prints one line of JSON.
//
// One thread, one epoll loop, about 32 bytes of memory a connection, so that it costs little beside what it measures.
#define _GNU_SOURCE
#include "probe/cost.h"
#include "probe/fail.h"
#include "probe/publisher.h"
#include "probe/subscribers.h"
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define NANOS_PER_SECOND 1000000000u
#define SECONDS(nanos) ((double)(nanos) / NANOS_PER_SECOND)

enum { EVENTS_MAX = 512, TAG_PUBLISHER = 0xffffffff, TAG_INPUT = 0xfffffffe, HELLO_BYTES_MAX = 8192 };

struct plan {
    struct subscriber_plan subscribe;
    struct publish_plan publish;
    pid_t pids[SERVER_PIDS_MAX];
    int pid_count;
    int messages, warmup_messages, hold_seconds, timeout_seconds;
    bool stay;
};

struct figures {
    int connected;
    uint64_t connect_nanos, connect_cpu_nanos, idle_cpu_nanos, publish_cpu_nanos, delivered;
    uint64_t rss_before, rss_connected, rss_after;
    struct publish_result published;
};

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

static void turn(int millis) {
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

// ---- the phases

static void connect_all(const struct plan *plan, struct figures *figures) {
    uint64_t cpu = cpu_nanos(plan->pids, plan->pid_count), begun = now_nanos();
    uint64_t limit = begun + (uint64_t)plan->timeout_seconds * NANOS_PER_SECOND;
    while (subscribers_connecting() && now_nanos() < limit) turn(100);
    figures->connect_nanos = now_nanos() - begun;
    figures->connect_cpu_nanos = cpu_nanos(plan->pids, plan->pid_count) - cpu;
    figures->connected = subscribers.ready;
}

static void hold(const struct plan *plan, struct figures *figures) {
    uint64_t cpu = cpu_nanos(plan->pids, plan->pid_count);
    uint64_t end = now_nanos() + (uint64_t)plan->hold_seconds * NANOS_PER_SECOND;
    while (now_nanos() < end) turn(100);
    figures->idle_cpu_nanos = cpu_nanos(plan->pids, plan->pid_count) - cpu;
}

static void publish_all(const struct plan *plan, struct figures *figures) {
    uint64_t stall = (uint64_t)plan->timeout_seconds * NANOS_PER_SECOND;
    publisher_open(&plan->publish, epoll, TAG_PUBLISHER);
    if (plan->warmup_messages) publisher_run(plan->warmup_messages, stall, turn);
    memset(&subscribers.latency_micros, 0, sizeof subscribers.latency_micros);
    uint64_t delivered = subscribers.deliveries, cpu = cpu_nanos(plan->pids, plan->pid_count);
    figures->published = publisher_run(plan->messages, stall, turn);
    figures->publish_cpu_nanos = cpu_nanos(plan->pids, plan->pid_count) - cpu;
    figures->delivered = subscribers.deliveries - delivered;
}

static double ratio(double value, double by) { return by > 0 ? value / by : 0; }

static void print_result(const struct plan *plan, const struct figures *f) {
    const struct latency *latency = &subscribers.latency_micros;
    double n = f->connected, publish_cpu = SECONDS(f->publish_cpu_nanos);
    printf("{\"connections\":%d,\"connected\":%d,\"failed\":%d,\"lost\":%d,\"first_error\":\"%s\"", plan->subscribe.connections,
           f->connected, plan->subscribe.connections - f->connected, subscribers.lost, subscribers.first_error);
    printf(",\"connect_seconds\":%.4f,\"connect_cpu_seconds\":%.6f,\"connect_cpu_micros_per_connection\":%.3f",
           SECONDS(f->connect_nanos), SECONDS(f->connect_cpu_nanos), ratio((double)f->connect_cpu_nanos / 1000, n));
    printf(",\"hold_seconds\":%d,\"idle_cpu_seconds\":%.6f,\"idle_cpu_micros_per_connection_second\":%.4f", plan->hold_seconds,
           SECONDS(f->idle_cpu_nanos), ratio((double)f->idle_cpu_nanos / 1000, n * plan->hold_seconds));
    printf(",\"rss_before_bytes\":%llu,\"rss_connected_bytes\":%llu,\"rss_after_bytes\":%llu", (unsigned long long)f->rss_before,
           (unsigned long long)f->rss_connected, (unsigned long long)f->rss_after);
    printf(",\"published\":%d,\"deliveries\":%llu,\"deliveries_expected\":%llu,\"publish_seconds\":%.4f,\"publish_cpu_seconds\":%.6f",
           f->published.sent, (unsigned long long)f->delivered, (unsigned long long)f->published.expected,
           SECONDS(f->published.nanos), publish_cpu);
    printf(",\"deliveries_per_second\":%.0f,\"deliveries_per_cpu_second\":%.0f", ratio((double)f->delivered, SECONDS(f->published.nanos)),
           ratio((double)f->delivered, publish_cpu));
    printf(",\"latency_micros\":{\"p50\":%llu,\"p90\":%llu,\"p99\":%llu,\"p999\":%llu,\"max\":%llu}}\n",
           (unsigned long long)latency_quantile(latency, 0.5), (unsigned long long)latency_quantile(latency, 0.9),
           (unsigned long long)latency_quantile(latency, 0.99), (unsigned long long)latency_quantile(latency, 0.999),
           (unsigned long long)latency->max);
    fflush(stdout);
}

// Until standard input ends, as it does when whoever started the probe goes away.
static void stay(void) {
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = TAG_INPUT};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, STDIN_FILENO, &event)) return; // a file or /dev/null has nothing to wait for
    while (!input_ended) turn(1000);
}

// ---- the command line

static void usage(FILE *out) {
    fputs("usage: probe --ports P[,P...] [option...]\n"
          "  --host IPV4            server (127.0.0.1)\n"
          "  --ports P[,P...]       its ports, used in turn\n"
          "  --path PATH            of the upgrade request (/)\n"
          "  --connections N        subscribers (100)\n"
          "  --sources N            source addresses 127.0.0.1 and up; half the port range serves each pair (1)\n"
          "  --connecting N         connections under way at a time (256)\n"
          "  --hello TEXT           text frame to send after the upgrade; repeat for more, all leave in one write\n"
          "  --hello-early          send them together with the upgrade request\n"
          "  --ready TEXT           a subscriber is ready when a message holds this (at the 101)\n"
          "  --pids PID[,PID...]    server processes whose CPU and memory are read\n"
          "  --hold SECONDS         stay idle that long before publishing, and read the CPU used (0)\n"
          "  --publish N            messages to publish (0)\n"
          "  --warmup N             messages to publish before those that count (0)\n"
          "  --publish-port P       HTTP port to publish to (the first of --ports)\n"
          "  --publish-path PATH    (/)\n"
          "  --header 'NAME: VALUE' of the publishing requests; repeat for more\n"
          "  --body TEXT            of the publishing requests; %m stands for the message (%m)\n"
          "  --payload BYTES        length of the message (100)\n"
          "  --window N             messages under way at most; 1 is one at a time (4)\n"
          "  --timeout SECONDS      for connecting, and without a delivery (30)\n"
          "  --stay                 keep the connections after printing until standard input ends\n"
          "Answers WebSocket pings and the client protocol's '{}'. Prints one line of JSON.\n"
          "Exit: 0 all connected and delivered, 1 not all, 2 usage, 4 this host or the server cannot.\n", out);
}

static int number(const char *name, const char *text, int min, int max) {
    char *end;
    long value = strtol(text, &end, 10);
    if (*end || end == text || value < min || value > max)
        fail(EXIT_USAGE, "--%s must be %d to %d: %s=%s", name, min, max, name, text);
    return (int)value;
}

static int numbers(const char *name, const char *text, int min, int max, int *out, int count_max) {
    char *copy = strdup(text), *rest = copy, *part;
    int count = 0;
    while ((part = strsep(&rest, ","))) {
        if (count == count_max) fail(EXIT_USAGE, "--%s must name at most %d: %s=%s", name, count_max, name, text);
        out[count++] = number(name, part, min, max);
    }
    free(copy);
    return count;
}

enum option_id { HOST, PORTS, PATH, CONNECTIONS, SOURCES, PACE, HELLO, EARLY, READY_TEXT, PIDS, HOLD, PUBLISH, WARMUP, PUBLISH_PORT,
                 PUBLISH_PATH, HEADER, BODY, PAYLOAD, WINDOW, TIMEOUT, STAY, HELP };

static const struct option options[] = {
    {"host", 1, 0, HOST}, {"ports", 1, 0, PORTS}, {"path", 1, 0, PATH}, {"connections", 1, 0, CONNECTIONS}, {"sources", 1, 0, SOURCES},
    {"connecting", 1, 0, PACE}, {"hello", 1, 0, HELLO}, {"hello-early", 0, 0, EARLY}, {"ready", 1, 0, READY_TEXT}, {"pids", 1, 0, PIDS},
    {"hold", 1, 0, HOLD}, {"publish", 1, 0, PUBLISH}, {"warmup", 1, 0, WARMUP}, {"publish-port", 1, 0, PUBLISH_PORT},
    {"publish-path", 1, 0, PUBLISH_PATH}, {"header", 1, 0, HEADER}, {"body", 1, 0, BODY}, {"payload", 1, 0, PAYLOAD},
    {"window", 1, 0, WINDOW}, {"timeout", 1, 0, TIMEOUT}, {"stay", 0, 0, STAY}, {"help", 0, 0, HELP}, {0, 0, 0, 0}};

static void add(const char *name, const char **texts, int *count, int count_max, const char *text) {
    if (*count == count_max) fail(EXIT_USAGE, "--%s must be given at most %d times", name, count_max);
    texts[(*count)++] = text;
}

static void set(struct plan *plan, int option, const char *name, const char *text) {
    struct subscriber_plan *subscribe = &plan->subscribe;
    struct publish_plan *publish = &plan->publish;
    int shortest = DELIVERY_MARK_LENGTH + DELIVERY_NANOS_DIGITS;
    switch (option) {
        case HOST:
            if (!inet_aton(text, &subscribe->host)) fail(EXIT_USAGE, "--host must be an IPv4 address: host=%s", text);
            break;
        case PORTS: subscribe->port_count = numbers(name, text, 1, 65535, subscribe->ports, SERVER_PORTS_MAX); break;
        case PATH: subscribe->path = text; break;
        case CONNECTIONS: subscribe->connections = number(name, text, 1, 1 << 20); break;
        case SOURCES: subscribe->sources = number(name, text, 1, 254); break;
        case PACE: subscribe->connecting_max = number(name, text, 1, 1 << 16); break;
        case HELLO: add(name, subscribe->hellos, &subscribe->hello_count, HELLOS_MAX, text); break;
        case EARLY: subscribe->hello_early = true; break;
        case READY_TEXT: subscribe->ready = text; break;
        case PIDS: plan->pid_count = numbers(name, text, 1, 1 << 22, plan->pids, SERVER_PIDS_MAX); break;
        case HOLD: plan->hold_seconds = number(name, text, 0, 86400); break;
        case PUBLISH: plan->messages = number(name, text, 0, 1000000); break;
        case WARMUP: plan->warmup_messages = number(name, text, 0, 1000000); break;
        case PUBLISH_PORT: publish->port = number(name, text, 1, 65535); break;
        case PUBLISH_PATH: publish->path = text; break;
        case HEADER: add(name, publish->headers, &publish->header_count, HEADERS_MAX, text); break;
        case BODY: publish->body = text; break;
        case PAYLOAD: publish->payload_bytes = number(name, text, shortest, 32768); break;
        case WINDOW: publish->window = number(name, text, 1, 1024); break;
        case TIMEOUT: plan->timeout_seconds = number(name, text, 1, 3600); break;
        case STAY: plan->stay = true; break;
        case HELP: usage(stdout); exit(0);
        default: usage(stderr); exit(EXIT_USAGE);
    }
}

static void check(struct plan *plan) {
    struct subscriber_plan *subscribe = &plan->subscribe;
    struct publish_plan *publish = &plan->publish;
    size_t hellos = 0, heads = strlen(publish->path);
    for (int i = 0; i < subscribe->hello_count; i++) hellos += strlen(subscribe->hellos[i]) + 8;
    for (int i = 0; i < publish->header_count; i++) heads += strlen(publish->headers[i]) + 2;
    if (!subscribe->port_count) fail(EXIT_USAGE, "--ports must be given");
    if (hellos > HELLO_BYTES_MAX) fail(EXIT_USAGE, "--hello must be at most %d bytes in all: bytes=%zu", HELLO_BYTES_MAX, hellos);
    if (heads > 4096 || strlen(subscribe->path) > 1024) fail(EXIT_USAGE, "--header and paths must be at most 4096 and 1024 bytes");
    if (!strstr(publish->body, "%m") || strlen(publish->body) + (size_t)publish->payload_bytes > BODY_BYTES_MAX)
        fail(EXIT_USAGE, "--body must hold %%m and be at most %d bytes", BODY_BYTES_MAX);
    publish->host = subscribe->host;
    if (!publish->port) publish->port = subscribe->ports[0];
}

int main(int count, char **values) {
    static struct plan plan = {
        .subscribe = {.path = "/", .connections = 100, .sources = 1, .connecting_max = 256},
        .publish = {.path = "/", .body = "%m", .payload_bytes = 100, .window = 4},
        .timeout_seconds = 30};
    struct figures figures = {0};
    plan.subscribe.host.s_addr = htonl(INADDR_LOOPBACK);
    for (int option, at; (option = getopt_long(count, values, "", options, &at)) != -1;)
        set(&plan, option, option == '?' ? "" : options[at].name, optarg);
    if (optind < count) return usage(stderr), EXIT_USAGE;
    check(&plan);
    epoll = epoll_create1(EPOLL_CLOEXEC);
    subscribers_open(&plan.subscribe, epoll);
    figures.rss_before = resident_bytes(plan.pids, plan.pid_count);
    connect_all(&plan, &figures);
    hold(&plan, &figures);
    figures.rss_connected = resident_bytes(plan.pids, plan.pid_count);
    if (plan.messages) publish_all(&plan, &figures);
    figures.rss_after = resident_bytes(plan.pids, plan.pid_count);
    print_result(&plan, &figures);
    if (plan.stay) stay();
    bool complete = figures.connected == plan.subscribe.connections && figures.delivered == figures.published.expected;
    return complete && !subscribers.lost ? 0 : EXIT_INCOMPLETE;
}
