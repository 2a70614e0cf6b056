// The probe's WebSockets: opened at a bounded pace, told what to say first, counted when ready, kept alive.
#pragma once
#include "latency.h"
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HELLOS_MAX = 8, SERVER_PORTS_MAX = 64, MESSAGE_BYTES_MAX = 1 << 16 };

// Stands in front of the sending time in every published message: a delivery is counted where it is seen.
#define DELIVERY_MARK "w@"
enum { DELIVERY_MARK_LENGTH = 2, DELIVERY_NANOS_DIGITS = 20 };

struct subscriber_plan {
    struct in_addr host;
    int ports[SERVER_PORTS_MAX];
    int port_count;
    const char *path;
    int connections;
    int sources;          // source addresses 127.0.0.1 and up; 1 lets the kernel choose
    int connecting_max;   // connections between connect() and ready at a time
    const char *hellos[HELLOS_MAX]; // text frames sent in one write after the 101
    int hello_count;
    bool hello_early;     // send them together with the upgrade request instead
    const char *ready;    // ready when a message holds this text; NULL: at the 101
};

struct subscriber_counts {
    int ready;            // open and ready now
    int failed;           // lost before they were ready
    int lost;             // lost after
    uint64_t deliveries;
    uint64_t last_delivery_nanos;
    struct latency latency_micros;
    char first_error[160];
};

extern struct subscriber_counts subscribers;

// Refuses, with the arithmetic, what descriptors or source ports cannot carry. `epoll` is the loop's descriptor.
void subscribers_open(const struct subscriber_plan *plan, int epoll);
// Starts as many connections as the pace allows; true while some are not yet decided.
bool subscribers_connecting(void);
// Handles one event of the loop for the subscriber with that index.
void subscribers_event(uint32_t index, uint32_t events);
