// One keep-alive HTTP connection that publishes: the next message goes out when the last was answered and fewer than
// `window` messages are still on their way to some subscriber.
#pragma once
#include <netinet/in.h>
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
    int window;          // messages under way at most
};

struct publish_result {
    int sent;
    uint64_t expected;   // deliveries
    uint64_t nanos;      // from the first send to the last delivery
};

// Connects; `epoll` is the loop's descriptor and `tag` what its events for this socket carry.
void publisher_open(const struct publish_plan *plan, int epoll, uint32_t tag);
// Publishes that many messages and returns when all are delivered, or when nothing has arrived for `stall_nanos`.
// `turn` runs the loop once, for at most that many milliseconds.
struct publish_result publisher_run(int messages, uint64_t stall_nanos, void (*turn)(int millis));
// Handles one event of the loop.
void publisher_event(void);
