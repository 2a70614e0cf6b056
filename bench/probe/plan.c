#define _GNU_SOURCE
#include "plan.h"

#include "fail.h"
#include "limits.h"
#include <arpa/inet.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HELLO_BYTES_MAX = 8192 };

static void usage(FILE *out) {
    fputs("usage: probe --ports P[,P...] [option...]\n"
          "  --host IPV4            server (127.0.0.1)\n"
          "  --ports P[,P...]       its ports, used in turn\n"
          "  --path PATH            of the upgrade request (/)\n"
          "  --connections N        subscribers; with 0 no server is needed, and --hold reads what processes cost at rest (100)\n"
          "  --sources N            source addresses 127.0.0.1 and up; half the port range serves each pair (what it takes on loopback)\n"
          "  --workers N            processes that share the connections (as many as their descriptors need)\n"
          "  --connecting N         connections under way at a time (256)\n"
          "  --hello TEXT           text frame to send after the upgrade; repeat for more, all leave in one write\n"
          "  --hello-early          send them together with the upgrade request\n"
          "  --ready TEXT           a subscriber is ready when a message holds this (at the 101)\n"
          "  --pids PID[,PID...]    server processes whose CPU and memory are read\n"
          "  --settle SECONDS       stay idle that long first, so that first pings are over (0)\n"
          "  --hold SECONDS         then stay idle that long before publishing, and read the CPU used (0)\n"
          "  --holds N              times to do so in a row (1)\n"
          "  --publish N            messages to publish (0)\n"
          "  --warmup N             messages to publish before those that count (0)\n"
          "  --publish-host IPV4    (that of --host)\n"
          "  --publish-port P       HTTP port to publish to (the first of --ports)\n"
          "  --publish-path PATH    (/)\n"
          "  --header 'NAME: VALUE' of the publishing requests; repeat for more\n"
          "  --body TEXT            of the publishing requests; %m stands for the message (%m)\n"
          "  --payload BYTES        length of the message (100)\n"
          "  --window N             messages under way at most; 1 is one at a time (4)\n"
          "  --rate N               messages a second, due whatever the server does, instead of --window; latency counts\n"
          "                         from when a message was due\n"
          "  --timeout SECONDS      for connecting, and without a delivery (30)\n"
          "  --stay                 keep the connections after printing until standard input ends\n"
          "Answers WebSocket pings, the client protocol's '{}' and Engine.IO's '2'. Prints one line of JSON.\n"
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

enum option_id { HOST, PORTS, PATH, CONNECTIONS, SOURCES, WORKERS, PACE, HELLO, EARLY, READY_TEXT, PIDS, SETTLE, HOLD, HOLDS, PUBLISH,
                 WARMUP, PUBLISH_HOST, PUBLISH_PORT, PUBLISH_PATH, HEADER, BODY, PAYLOAD, WINDOW, RATE, TIMEOUT, STAY, HELP };

static const struct option options[] = {
    {"host", 1, 0, HOST}, {"ports", 1, 0, PORTS}, {"path", 1, 0, PATH}, {"connections", 1, 0, CONNECTIONS}, {"sources", 1, 0, SOURCES},
    {"workers", 1, 0, WORKERS}, {"connecting", 1, 0, PACE}, {"hello", 1, 0, HELLO}, {"hello-early", 0, 0, EARLY},
    {"ready", 1, 0, READY_TEXT}, {"pids", 1, 0, PIDS}, {"settle", 1, 0, SETTLE}, {"hold", 1, 0, HOLD}, {"holds", 1, 0, HOLDS},
    {"publish", 1, 0, PUBLISH}, {"warmup", 1, 0, WARMUP}, {"publish-host", 1, 0, PUBLISH_HOST}, {"publish-port", 1, 0, PUBLISH_PORT},
    {"publish-path", 1, 0, PUBLISH_PATH}, {"header", 1, 0, HEADER}, {"body", 1, 0, BODY}, {"payload", 1, 0, PAYLOAD},
    {"window", 1, 0, WINDOW}, {"rate", 1, 0, RATE}, {"timeout", 1, 0, TIMEOUT}, {"stay", 0, 0, STAY}, {"help", 0, 0, HELP}, {0, 0, 0, 0}};

static double rate(const char *name, const char *text, double max) {
    char *end;
    double value = strtod(text, &end);
    if (*end || end == text || !(value > 0 && value <= max)) fail(EXIT_USAGE, "--%s must be > 0 and <= %.0f: %s=%s", name, max, name, text);
    return value;
}

static struct in_addr address(const char *name, const char *text) {
    struct in_addr host;
    if (!inet_aton(text, &host)) fail(EXIT_USAGE, "--%s must be an IPv4 address: %s=%s", name, name, text);
    return host;
}

static void add(const char *name, const char **texts, int *count, int count_max, const char *text) {
    if (*count == count_max) fail(EXIT_USAGE, "--%s must be given at most %d times", name, count_max);
    texts[(*count)++] = text;
}

static void set(struct plan *plan, int option, const char *name, const char *text) {
    struct subscriber_plan *subscribe = &plan->subscribe;
    struct publish_plan *publish = &plan->publish;
    int shortest = DELIVERY_MARK_LENGTH + DELIVERY_NANOS_DIGITS;
    switch (option) {
        case HOST: subscribe->host = address(name, text); break;
        case PORTS: subscribe->port_count = numbers(name, text, 1, 65535, subscribe->ports, SERVER_PORTS_MAX); break;
        case PATH: subscribe->path = text; break;
        case CONNECTIONS: subscribe->connections = number(name, text, 0, CONNECTIONS_MAX); break;
        case SOURCES: subscribe->sources = number(name, text, 1, SOURCES_MAX); break;
        case WORKERS: subscribe->workers = number(name, text, 1, WORKERS_MAX); break;
        case PACE: subscribe->connecting_max = number(name, text, 1, 1 << 16); break;
        case HELLO: add(name, subscribe->hellos, &subscribe->hello_count, HELLOS_MAX, text); break;
        case EARLY: subscribe->hello_early = true; break;
        case READY_TEXT: subscribe->ready = text; break;
        case PIDS: plan->pid_count = numbers(name, text, 1, 1 << 22, plan->pids, SERVER_PIDS_MAX); break;
        case SETTLE: plan->settle_seconds = number(name, text, 0, 86400); break;
        case HOLD: plan->hold_seconds = number(name, text, 0, 86400); break;
        case HOLDS: plan->holds = number(name, text, 1, HOLDS_MAX); break;
        case PUBLISH: plan->messages = number(name, text, 0, 1000000); break;
        case WARMUP: plan->warmup_messages = number(name, text, 0, 1000000); break;
        case PUBLISH_HOST: publish->host = address(name, text); break;
        case PUBLISH_PORT: publish->port = number(name, text, 1, 65535); break;
        case PUBLISH_PATH: publish->path = text; break;
        case HEADER: add(name, publish->headers, &publish->header_count, HEADERS_MAX, text); break;
        case BODY: publish->body = text; break;
        case PAYLOAD: publish->payload_bytes = number(name, text, shortest, 32768); break;
        case WINDOW: publish->window = number(name, text, 1, 1024); break;
        case RATE: publish->rate = rate(name, text, 100000); break;
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
    if (!subscribe->port_count && subscribe->connections) fail(EXIT_USAGE, "--ports must be given");
    if (!subscribe->connections && plan->messages) fail(EXIT_USAGE, "--publish must be 0 without connections: publish=%d", plan->messages);
    if (hellos > HELLO_BYTES_MAX) fail(EXIT_USAGE, "--hello must be at most %d bytes in all: bytes=%zu", HELLO_BYTES_MAX, hellos);
    if (heads > 4096 || strlen(subscribe->path) > 1024) fail(EXIT_USAGE, "--header and paths must be at most 4096 and 1024 bytes");
    if (!strstr(publish->body, "%m") || strlen(publish->body) + (size_t)publish->payload_bytes > BODY_BYTES_MAX)
        fail(EXIT_USAGE, "--body must hold %%m and be at most %d bytes", BODY_BYTES_MAX);
    publish->stall_nanos = (uint64_t)plan->timeout_seconds * NANOS_PER_SECOND;
    if (!publish->host.s_addr) publish->host = subscribe->host;
    if (!publish->port) publish->port = subscribe->ports[0];
}

struct plan plan_parse(int count, char **values) {
    struct plan plan = {
        .subscribe = {.host.s_addr = htonl(INADDR_LOOPBACK), .path = "/", .connections = 100, .connecting_max = 256},
        .publish = {.path = "/", .body = "%m", .payload_bytes = 100, .window = 4},
        .holds = 1,
        .timeout_seconds = 30};
    for (int option, at; (option = getopt_long(count, values, "", options, &at)) != -1;)
        set(&plan, option, option == '?' ? "" : options[at].name, optarg);
    if (optind < count) fail(EXIT_USAGE, "unknown argument: %s", values[optind]);
    check(&plan);
    return plan;
}
