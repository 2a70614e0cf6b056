// One keep-alive HTTP connection that publishes, at most one request at a time.
//
// Closed loop: the next message goes out when the last was answered and fewer than `window` messages are still on their
// way to some subscriber. Open loop: messages are due at a steady rate whatever the server does; one that cannot leave in
// time leaves late, and its latency counts from when it was due, so a server that stalls cannot hide it.
#pragma once
#include "latency.h"
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

enum { HEADERS_MAX = 4, BODY_BYTES_MAX = 1 << 16 };

struct publish_plan {
    struct in_addr host;
    int port;
    const char *path;
    const char *headers[HEADERS_MAX];
    int header_count;
    const char *body;    // with %m where the message stands
    int payload_bytes;   // bytes of the message
    int window;          // messages under way at most in a closed loop
    double rate;         // messages a second of an open loop; 0 closes it
    uint64_t stall_nanos; // without a delivery that long, a run is over
};

struct publish_result {
    int sent;
    uint64_t expected;   // deliveries
    uint64_t nanos;      // from the first send to the last delivery
    struct latency last_micros; // from each send to the last delivery of that message; only with one under way at a time
    struct latency lag_micros;  // from when each message was due to when it left
};

// Connects; `epoll` is the loop's descriptor and `tag` what its events for this socket carry.
void publisher_open(const struct publish_plan *plan, int epoll, uint32_t tag);
// Messages in a closed loop that count in no latency. Both runs return when all are delivered, or at a stall; `turn` runs
// the loop once, for at most that many milliseconds.
void publisher_warm_up(int messages, void (*turn)(int millis));
void publisher_run(int messages, void (*turn)(int millis), struct publish_result *result);
// Handles one event of the loop.
void publisher_event(void);
