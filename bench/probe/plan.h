// What the command line asks for.
#pragma once
#include "cost.h"
#include "publisher.h"
#include "subscribers.h"

#define NANOS_PER_SECOND 1000000000u

enum { CONNECTIONS_MAX = 1 << 22, HOLDS_MAX = 1000 };

struct plan {
    struct subscriber_plan subscribe;
    struct publish_plan publish;
    pid_t pids[SERVER_PIDS_MAX];
    int pid_count;
    int messages, warmup_messages, settle_seconds, hold_seconds, holds, timeout_seconds;
    bool stay;
};

// Ends the probe with a message when an option is unknown or out of range.
struct plan plan_parse(int count, char **values);
