#define _GNU_SOURCE
#include "subscribers.h"

#include "accounts.h"
#include "cost.h"
#include "fail.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

// The key of RFC 6455 section 1.3 and the answer it must get.
#define UPGRADE_KEY "dGhlIHNhbXBsZSBub25jZQ=="
#define UPGRADE_ANSWER "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

enum { OPCODE_TEXT = 1, OPCODE_CLOSE = 8, OPCODE_PING = 9, OPCODE_PONG = 10, OUTGOING_BYTES_MAX = 1 << 14 };

enum state { CONNECTING, UPGRADING, JOINING, READY, GONE };

struct subscriber {
    int fd;
    uint32_t kept_length;
    char *kept; // the bytes of a frame that has not arrived whole; NULL when there are none
    uint8_t state;
};

static const struct subscriber_plan *plan;
static struct account *own;
static struct subscriber *all;
static int loop, first, share, pace, started, connecting;

static void note(const char *form, ...) {
    if (own->first_error[0]) return;
    va_list values;
    va_start(values, form);
    vsnprintf(own->first_error, sizeof own->first_error, form, values);
    va_end(values);
    // The note ends up inside a JSON string.
    for (char *c = own->first_error; *c; c++)
        if (*c < ' ' || *c == '"' || *c == '\\' || *c > '~') *c = *c == '"' ? '\'' : ' ';
}

static void lose(struct subscriber *subscriber) {
    if (subscriber->state == GONE) return;
    if (subscriber->state == READY) own->counts.ready--, own->counts.lost++;
    else connecting--, own->counts.failed++;
    subscriber->state = GONE;
    close(subscriber->fd);
    free(subscriber->kept);
    subscriber->kept = NULL;
}

static void become_ready(struct subscriber *subscriber) {
    subscriber->state = READY;
    own->counts.ready++;
    connecting--;
}

// ---- sending

// A masked frame as RFC 6455 section 5.2 asks of clients; the mask is zero, which is legal and leaves the bytes readable.
static size_t put_frame(char *out, int opcode, const char *text, size_t length) {
    size_t header = length < 126 ? 2 : 4;
    out[0] = (char)(0x80 | opcode);
    out[1] = (char)(0x80 | (length < 126 ? length : 126));
    if (header == 4) out[2] = (char)(length >> 8), out[3] = (char)length;
    memset(out + header, 0, 4);
    memcpy(out + header + 4, text, length);
    return header + 4 + length;
}

static void send_bytes(struct subscriber *subscriber, const char *bytes, size_t length) {
    if (send(subscriber->fd, bytes, length, MSG_NOSIGNAL) == (ssize_t)length) return;
    note("send: %s", strerror(errno));
    lose(subscriber);
}

static void send_frame(struct subscriber *subscriber, int opcode, const char *text, size_t length) {
    char frame[256];
    if (length <= 125) send_bytes(subscriber, frame, put_frame(frame, opcode, text, length));
}

static size_t put_hellos(char *out) {
    size_t length = 0;
    for (int i = 0; i < plan->hello_count; i++)
        length += put_frame(out + length, OPCODE_TEXT, plan->hellos[i], strlen(plan->hellos[i]));
    return length;
}

static void send_upgrade(struct subscriber *subscriber, int port) {
    char request[OUTGOING_BYTES_MAX];
    int length = snprintf(request, 2048,
                          "GET %s HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Key: " UPGRADE_KEY "\r\nSec-WebSocket-Version: 13\r\n\r\n",
                          plan->path, inet_ntoa(plan->host), port);
    size_t total = (size_t)length + (plan->hello_early ? put_hellos(request + length) : 0);
    subscriber->state = UPGRADING;
    send_bytes(subscriber, request, total);
}

// ---- receiving

static void upgraded(struct subscriber *subscriber) {
    char hellos[OUTGOING_BYTES_MAX];
    subscriber->state = JOINING;
    if (plan->hello_count && !plan->hello_early) send_bytes(subscriber, hellos, put_hellos(hellos));
    if (subscriber->state == JOINING && !plan->ready) become_ready(subscriber);
}

// The bytes of the response's head; 0 when it has not arrived whole, -1 when it is no upgrade.
static ssize_t check_upgrade(const char *text, size_t length) {
    static const char status[] = "HTTP/1.1 101 ";
    const char *end = memmem(text, length, "\r\n\r\n", 4);
    if (!end) return length < 8192 ? 0 : -1;
    if (memcmp(text, status, sizeof status - 1) || !memmem(text, (size_t)(end - text), UPGRADE_ANSWER, sizeof UPGRADE_ANSWER - 1)) {
        note("upgrade refused: %.60s", text);
        return -1;
    }
    return end - text + 4;
}

static void count_deliveries(const char *text, size_t length) {
    const char *end = text + length, *at = text;
    uint64_t now = 0;
    while ((at = memmem(at, (size_t)(end - at), DELIVERY_MARK, DELIVERY_MARK_LENGTH))) {
        at += DELIVERY_MARK_LENGTH;
        if (end - at < DELIVERY_NANOS_DIGITS) return;
        if (!now) now = now_nanos();
        uint64_t sent = 0;
        for (int i = 0; i < DELIVERY_NANOS_DIGITS; i++) sent = sent * 10 + (uint64_t)(at[i] - '0');
        if (sent) latency_record(&own->latency_micros, now > sent ? (now - sent) / 1000 : 0);
        own->counts.deliveries++;
        own->counts.last_delivery_nanos = now;
    }
}

static void message(struct subscriber *subscriber, int opcode, const char *text, size_t length) {
    if (opcode == OPCODE_PING) {
        own->counts.pings++;
        send_frame(subscriber, OPCODE_PONG, text, length);
    } else if (opcode == OPCODE_CLOSE) {
        note("closed by the server: %d %.*s", length < 2 ? 1005 : (uint8_t)text[0] << 8 | (uint8_t)text[1],
             length < 2 ? 0 : (int)length - 2, text + 2);
        lose(subscriber);
    } else if (length == 2 && !memcmp(text, "{}", 2)) {
        // The client protocol's own ping, which wants the same in return.
        own->counts.pings++;
        send_frame(subscriber, OPCODE_TEXT, "{}", 2);
    } else if (length == 1 && *text == '2') {
        // Engine.IO's ping, under Socket.IO. Source: engine.io-protocol, revision 4.
        own->counts.pings++;
        send_frame(subscriber, OPCODE_TEXT, "3", 1);
    } else {
        if (subscriber->state == JOINING && memmem(text, length, plan->ready, strlen(plan->ready))) become_ready(subscriber);
        count_deliveries(text, length);
    }
}

// Handles the whole frames in the text; the bytes they take.
static size_t frames(struct subscriber *subscriber, const char *text, size_t length) {
    size_t done = 0;
    while (subscriber->state != GONE && length - done >= 2) {
        const uint8_t *frame = (const uint8_t *)text + done;
        size_t size = frame[1] & 127, header = size < 126 ? 2 : size == 126 ? 4 : 10;
        if (length - done < header) break;
        if (size == 126) size = (size_t)frame[2] << 8 | frame[3];
        else if (size == 127) size = (size_t)frame[6] << 24 | (size_t)frame[7] << 16 | (size_t)frame[8] << 8 | frame[9];
        if (size > MESSAGE_BYTES_MAX) {
            note("frame must be at most %d bytes: size=%zu", MESSAGE_BYTES_MAX, size);
            lose(subscriber);
        }
        if (length - done < header + size) break;
        message(subscriber, frame[0] & 15, text + done + header, size);
        done += header + size;
    }
    return done;
}

static void keep(struct subscriber *subscriber, const char *text, size_t length) {
    free(subscriber->kept);
    subscriber->kept = length ? malloc(length) : NULL;
    if (length && !subscriber->kept) fail(EXIT_ENVIRONMENT, "out of memory");
    if (length) memcpy(subscriber->kept, text, length);
    subscriber->kept_length = (uint32_t)length;
}

static void receive(struct subscriber *subscriber) {
    // Room for a message in part and for as much again.
    static char text[2 * (MESSAGE_BYTES_MAX + 16)];
    size_t length = subscriber->kept_length, done = 0;
    if (length) memcpy(text, subscriber->kept, length);
    ssize_t taken = recv(subscriber->fd, text + length, sizeof text - length, 0);
    if (taken < 0 && errno == EAGAIN) return;
    if (taken <= 0) {
        note("connection ended: %s", taken ? strerror(errno) : "end of stream");
        lose(subscriber);
        return;
    }
    length += (size_t)taken;
    if (subscriber->state == UPGRADING) {
        ssize_t head = check_upgrade(text, length);
        if (head < 0) lose(subscriber);
        if (head > 0) {
            done = (size_t)head;
            upgraded(subscriber);
        }
    }
    if (subscriber->state == JOINING || subscriber->state == READY) done += frames(subscriber, text + done, length - done);
    if (subscriber->state != GONE && (subscriber->kept_length || done < length)) keep(subscriber, text + done, length - done);
}

// ---- opening

// The connection's place among those of all workers, which decides between which addresses it is.
static uint32_t place(uint32_t index) { return (uint32_t)first + index; }

static int port_of(uint32_t index) { return plan->ports[place(index) % (uint32_t)plan->port_count]; }

static void start(uint32_t index) {
    struct subscriber *subscriber = &all[index];
    struct linger reset = {.l_onoff = 1, .l_linger = 0};
    int on = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) fail(EXIT_ENVIRONMENT, "cannot open a socket: %s", strerror(errno));
    subscriber->fd = fd;
    connecting++;
    // Ended by a reset: fifteen thousand TIME_WAITs a run would fill the ports of the next.
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (plan->sources > 1) {
        // Chosen at connect(), a port may serve again towards another destination; chosen at bind() it may not.
        struct sockaddr_in source = {.sin_family = AF_INET};
        source.sin_addr.s_addr = htonl(INADDR_LOOPBACK + place(index) / (uint32_t)plan->port_count % (uint32_t)plan->sources);
        setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
        if (bind(fd, (struct sockaddr *)&source, sizeof source)) fail(EXIT_ENVIRONMENT, "cannot bind a source address: %s", strerror(errno));
    }
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port_of(index)), .sin_addr = plan->host};
    struct epoll_event event = {.events = EPOLLOUT, .data.u32 = index};
    if (connect(fd, (struct sockaddr *)&server, sizeof server) && errno != EINPROGRESS) {
        note("connect: %s", strerror(errno));
        lose(subscriber);
    } else if (epoll_ctl(loop, EPOLL_CTL_ADD, fd, &event)) {
        fail(EXIT_ENVIRONMENT, "cannot watch a socket: %s", strerror(errno));
    }
}

static void connected(uint32_t index) {
    struct subscriber *subscriber = &all[index];
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = index};
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(subscriber->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error) {
        note("connect: %s", strerror(error));
        lose(subscriber);
        return;
    }
    epoll_ctl(loop, EPOLL_CTL_MOD, subscriber->fd, &event);
    send_upgrade(subscriber, port_of(index));
}

void subscribers_open(const struct subscriber_plan *wanted, int worker, int epoll) {
    plan = wanted;
    int each = (plan->connections + plan->workers - 1) / plan->workers, rest = plan->connections - worker * each;
    own = account_of(worker);
    loop = epoll;
    first = worker * each;
    share = rest < 0 ? 0 : rest < each ? rest : each;
    pace = (plan->connecting_max + plan->workers - 1) / plan->workers;
    all = calloc((size_t)share + 1, sizeof *all);
    if (!all) fail(EXIT_ENVIRONMENT, "out of memory");
}

bool subscribers_connecting(void) {
    while (started < share && connecting < pace) start((uint32_t)started++);
    struct counts sum = accounts_counts();
    return sum.ready + sum.failed + sum.lost < plan->connections;
}

void subscribers_event(uint32_t index, uint32_t events) {
    struct subscriber *subscriber = &all[index];
    if (subscriber->state == CONNECTING) connected(index);
    else if (subscriber->state != GONE && events) receive(subscriber);
}
