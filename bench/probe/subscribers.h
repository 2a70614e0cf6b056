// The probe's WebSockets: opened at a bounded pace, told what to say first, counted when ready, kept alive.
#pragma once
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HELLOS_MAX = 8, SERVER_PORTS_MAX = 64, MESSAGE_BYTES_MAX = 1 << 16 };

// Stands in front of the time from which a published message's latency counts: a delivery is counted where it is seen.
// Messages that only warm up carry 0 and count in no latency.
#define DELIVERY_MARK "w@"
enum { DELIVERY_MARK_LENGTH = 2, DELIVERY_NANOS_DIGITS = 20 };

struct subscriber_plan {
    struct in_addr host;
    int ports[SERVER_PORTS_MAX];
    int port_count;
    const char *path;
    int connections;
    int sources;          // source addresses 127.0.0.1 and up; 1 lets the kernel choose, 0 takes what the connections need
    int workers;          // processes that share the connections; 0 takes what their descriptors need
    int connecting_max;   // connections between connect() and ready at a time
    const char *hellos[HELLOS_MAX]; // text frames sent in one write after the 101
    int hello_count;
    bool hello_early;     // send them together with the upgrade request instead
    const char *ready;    // ready when a message holds this text; NULL: at the 101
};

// Makes this process that worker of the plan, which stays the caller's; `epoll` is its loop's descriptor.
void subscribers_open(const struct subscriber_plan *plan, int worker, int epoll);
// Starts as many connections as the pace allows; true while some, of any worker, are not yet decided.
bool subscribers_connecting(void);
// Handles one event of the loop for the subscriber with that index.
void subscribers_event(uint32_t index, uint32_t events);
