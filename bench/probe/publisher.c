#define _GNU_SOURCE
#include "publisher.h"

#include "accounts.h"
#include "cost.h"
#include "fail.h"
#include "subscribers.h"
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { TURN_MILLIS = 50, ANSWER_BYTES_MAX = 8192 };

static const struct publish_plan *plan;
static int connection, sent, answered;
static char answer[ANSWER_BYTES_MAX + 1];
static size_t answer_length;

void publisher_open(const struct publish_plan *wanted, int epoll, uint32_t tag) {
    plan = wanted;
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons((uint16_t)plan->port), .sin_addr = plan->host};
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = tag};
    int on = 1;
    connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection < 0 || connect(connection, (struct sockaddr *)&server, sizeof server))
        fail(EXIT_ENVIRONMENT, "cannot connect to publish: %s (port %d)", strerror(errno), plan->port);
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    epoll_ctl(epoll, EPOLL_CTL_ADD, connection, &event);
}

// Mark, time and filling, `payload_bytes` long in all.
static void put_message(char *out, uint64_t nanos) {
    int used = sprintf(out, DELIVERY_MARK "%0*llu", DELIVERY_NANOS_DIGITS, (unsigned long long)nanos);
    memset(out + used, 'x', (size_t)(plan->payload_bytes - used));
}

static void publish(uint64_t nanos) {
    static char request[BODY_BYTES_MAX + ANSWER_BYTES_MAX];
    const char *place = strstr(plan->body, "%m");
    size_t before = (size_t)(place - plan->body), after = strlen(place + 2), payload = (size_t)plan->payload_bytes;
    int used = snprintf(request, ANSWER_BYTES_MAX, "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n",
                        plan->path, before + payload + after);
    for (int i = 0; i < plan->header_count; i++)
        used += snprintf(request + used, (size_t)(ANSWER_BYTES_MAX - used), "%s\r\n", plan->headers[i]);
    char *at = request + used + sprintf(request + used, "\r\n");
    memcpy(at, plan->body, before);
    put_message(at + before, nanos);
    memcpy(at + before + payload, place + 2, after);
    size_t length = (size_t)(at - request) + before + payload + after;
    if (send(connection, request, length, MSG_NOSIGNAL) != (ssize_t)length) fail(EXIT_ENVIRONMENT, "cannot publish: %s", strerror(errno));
    sent++;
}

// An answer is whole when its head and as many bytes as its Content-Length have come. An error inside a 200 is one too.
void publisher_event(void) {
    ssize_t taken = recv(connection, answer + answer_length, ANSWER_BYTES_MAX - answer_length, 0);
    if (taken <= 0) fail(EXIT_ENVIRONMENT, "the server closed the publishing connection: %s", taken ? strerror(errno) : "end of stream");
    answer_length += (size_t)taken;
    answer[answer_length] = 0;
    const char *end = strstr(answer, "\r\n\r\n"), *field = strcasestr(answer, "\r\nContent-Length:");
    if (!end || !field || field > end) {
        if (answer_length == ANSWER_BYTES_MAX || (end && !field)) fail(EXIT_ENVIRONMENT, "the answer to a publish must have a Content-Length: %.80s", answer);
        return;
    }
    size_t whole = (size_t)(end - answer) + 4 + strtoul(field + 17, NULL, 10);
    if (whole > ANSWER_BYTES_MAX) fail(EXIT_ENVIRONMENT, "the answer to a publish is too long: %zu bytes", whole);
    if (answer_length < whole) return;
    if (strncmp(answer, "HTTP/1.1 2", 10) || strstr(end, "\"error\"")) fail(EXIT_ENVIRONMENT, "a publish was refused: %.200s", answer);
    answer_length = 0;
    answered++;
}

// One run under way.
struct run {
    int messages, first;      // to send, and `sent` when it began
    uint64_t members, seen, before, begun, sent_nanos;
    double rate;
    bool timed;
    struct publish_result *result;
};

// When the next message may go: 0 not before something else happens.
static uint64_t due_nanos(const struct run *run) {
    int ordinal = sent - run->first, done = (int)(run->seen / run->members);
    if (sent > answered || ordinal == run->messages) return 0;
    if (run->rate > 0) return run->begun + (uint64_t)(ordinal * 1e9 / run->rate);
    return ordinal - done < plan->window ? now_nanos() : 0;
}

// Sends what is due; the milliseconds that the loop may then rest.
static int send_due(struct run *run) {
    uint64_t due = due_nanos(run), now = now_nanos();
    if (!due) return TURN_MILLIS;
    if (due > now) return due - now < TURN_MILLIS * 1000000u ? (int)((due - now) / 1000000) : TURN_MILLIS;
    run->sent_nanos = now;
    latency_record(&run->result->lag_micros, (now - due) / 1000);
    publish(run->timed ? due : 0);
    return TURN_MILLIS;
}

static void run_all(struct run *run, void (*turn)(int millis)) {
    struct counts counts = accounts_counts();
    uint64_t heard = now_nanos(); // of the last delivery
    *run->result = (struct publish_result){.expected = (uint64_t)counts.ready * (uint64_t)run->messages};
    run->members = (uint64_t)counts.ready;
    run->before = counts.deliveries;
    run->begun = run->sent_nanos = heard;
    run->first = sent;
    while (run->members && (run->seen < run->result->expected || sent > answered)) {
        uint64_t stirred = heard > run->sent_nanos ? heard : run->sent_nanos;
        if (now_nanos() > stirred + plan->stall_nanos) break;
        uint64_t done = run->seen / run->members;
        turn(send_due(run));
        counts = accounts_counts();
        if (counts.deliveries - run->before == run->seen) continue;
        run->seen = counts.deliveries - run->before;
        heard = counts.last_delivery_nanos;
        if (plan->window == 1 && !plan->rate && run->seen / run->members > done)
            latency_record(&run->result->last_micros, (heard - run->sent_nanos) / 1000);
    }
    run->result->sent = sent - run->first;
    run->result->nanos = heard - run->begun;
}

void publisher_warm_up(int messages, void (*turn)(int millis)) {
    static struct publish_result ignored;
    run_all(&(struct run){.messages = messages, .result = &ignored}, turn);
}

void publisher_run(int messages, void (*turn)(int millis), struct publish_result *result) {
    run_all(&(struct run){.messages = messages, .rate = plan->rate, .timed = true, .result = result}, turn);
}
