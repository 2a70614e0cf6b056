#include "limits.h"

#include "fail.h"
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/resource.h>

enum { DESCRIPTORS_SPARE = 64, SOURCES_MIN = 8 };

// What one process may hold: its limit on open files, raised as far as it goes.
static int descriptors_room(void) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    rlim_t room = files.rlim_cur > DESCRIPTORS_SPARE ? files.rlim_cur - DESCRIPTORS_SPARE : 1;
    return room > 1 << 20 ? 1 << 20 : (int)room;
}

void choose_workers(struct subscriber_plan *plan) {
    int room = descriptors_room(), needed = (plan->connections + room - 1) / room;
    if (!plan->workers) plan->workers = needed ? needed : 1;
    if (plan->workers < needed || plan->workers > WORKERS_MAX)
        fail(EXIT_ENVIRONMENT, "workers must be >= connections / (fd limit - %d) and <= %d: workers=%d connections=%d limit=%d; leave out --workers or raise 'ulimit -n'",
             DESCRIPTORS_SPARE, WORKERS_MAX, plan->workers, plan->connections, room + DESCRIPTORS_SPARE);
}

void choose_sources(struct subscriber_plan *plan) {
    long low = 32768, high = 60999;
    FILE *range = fopen("/proc/sys/net/ipv4/ip_local_port_range", "r");
    if (range) {
        if (fscanf(range, "%ld %ld", &low, &high) != 2) low = 32768, high = 60999;
        fclose(range);
    }
    long half = (high - low + 1) / 2 * plan->port_count;
    bool loopback = ntohl(plan->host.s_addr) >> 24 == IN_LOOPBACKNET;
    if (!plan->sources && loopback) {
        long needed = plan->connections / (half / 2 + 1) + 1;
        plan->sources = needed < SOURCES_MIN ? SOURCES_MIN : needed > SOURCES_MAX ? SOURCES_MAX : (int)needed;
    } else if (!plan->sources) {
        plan->sources = 1;
    }
    if (plan->connections > half * plan->sources)
        fail(EXIT_ENVIRONMENT, "connections must be <= half the port range x sources x ports: connections=%d half=%ld sources=%d ports=%d; raise --sources",
             plan->connections, half / plan->port_count, plan->sources, plan->port_count);
}
