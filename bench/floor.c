// floor: a push server that does nothing but push.
//
// It answers a WebSocket upgrade, and writes the body of each POST as one text frame to every socket that is open,
// with one write() a socket, from one thread. No rooms, no JSON, no queue: what a delivery costs here is what this kernel
// takes for it, so a real server's cost is stated as a share of it. With --ping it also writes the client protocol's ping,
// '{}', to every socket once in that time, and forgets the answers.
//
// Bounds: connections = the limit on open files; a request = REQUEST_BYTES_MAX, above that 413 and the connection is
// closed; nothing is queued: a subscriber whose socket does not take a whole frame is closed and counted.
#define _GNU_SOURCE
#include "accept_key.h"

#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { REQUEST_BYTES_MAX = 1 << 16, PORTS_MAX = 64, EVENTS_MAX = 512, PING_TURN_MILLIS = 100, EXIT_USAGE = 2, EXIT_ENVIRONMENT = 4 };

// What a descriptor is to this server; the table is indexed by descriptor.
enum role { UNUSED, LISTENER, HTTP, SUBSCRIBER };

// The bytes of a request that has not arrived whole.
struct partial {
    size_t length;
    char bytes[];
};

static uint8_t *roles;
static struct partial **partials;
static int descriptors_max, highest, epoll;
static long cut_off;

static _Noreturn void fail(int code, const char *form, ...) {
    va_list values;
    va_start(values, form);
    fputs("floor: ", stderr);
    vfprintf(stderr, form, values);
    fputc('\n', stderr);
    va_end(values);
    exit(code);
}

// ---- sockets

static void watch(int fd, enum role role) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event)) fail(EXIT_ENVIRONMENT, "cannot watch a socket: %s", strerror(errno));
    roles[fd] = (uint8_t)role;
    if (fd > highest) highest = fd;
}

static void hang_up(int fd) {
    roles[fd] = UNUSED;
    free(partials[fd]);
    partials[fd] = NULL;
    close(fd);
}

// Small answers to a request; a socket that cannot take one is closed.
static void answer(int fd, const char *text) {
    size_t length = strlen(text);
    if (write(fd, text, length) != (ssize_t)length) hang_up(fd);
}

static void accept_all(int listener) {
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC), on = 1;
        if (fd >= 0) {
            setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            watch(fd, HTTP);
        } else if (errno == EAGAIN) {
            return;
        } else if (errno != EINTR && errno != ECONNABORTED) {
            // Left waiting, a connection that cannot be accepted would spin this loop and spoil the measurement.
            fail(EXIT_ENVIRONMENT, "cannot accept: %s (open files limit=%d)", strerror(errno), descriptors_max);
        }
    }
}

// ---- the two requests

static void upgrade(int fd, const char *head) {
    static const char name[] = "\r\nSec-WebSocket-Key:";
    const char *key = strcasestr(head, name);
    if (!key) {
        answer(fd, "HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nContent-Length: 0\r\n\r\n");
        return;
    }
    key += sizeof name - 1;
    key += strspn(key, " \t");
    if (strcspn(key, " \t\r\n") != WEBSOCKET_KEY_LENGTH) {
        answer(fd, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        return;
    }
    char accepted[ACCEPT_KEY_LENGTH + 1], response[256];
    accept_key(key, accepted);
    snprintf(response, sizeof response,
             "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
             accepted);
    roles[fd] = SUBSCRIBER;
    answer(fd, response);
}

static void push_to_all(const char *body, size_t length) {
    static uint8_t frame[REQUEST_BYTES_MAX + 4];
    size_t header = length < 126 ? 2 : 4;
    frame[0] = 0x81;
    frame[1] = length < 126 ? (uint8_t)length : 126;
    if (header == 4) frame[2] = (uint8_t)(length >> 8), frame[3] = (uint8_t)length;
    memcpy(frame + header, body, length);
    for (int fd = 0; fd <= highest; fd++) {
        if (roles[fd] != SUBSCRIBER || write(fd, frame, header + length) == (ssize_t)(header + length)) continue;
        hang_up(fd);
        if (cut_off++ == 0) fprintf(stderr, "floor: a subscriber's socket is full or gone: closed it; more are not reported\n");
    }
}

// The time that has passed since the first call asks for a part of the table; the sockets there are pinged, so that each is
// once an interval and none waits for many others.
static void ping_due(int interval_seconds) {
    static const char ping[] = {(char)0x81, 2, '{', '}'};
    static double begun;
    static long done;
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    double now = (double)time.tv_sec + (double)time.tv_nsec / 1e9;
    if (!begun) begun = now;
    for (long due = (long)((now - begun) / interval_seconds * descriptors_max); done < due; done++) {
        int fd = (int)(done % descriptors_max);
        if (roles[fd] == SUBSCRIBER && write(fd, ping, sizeof ping) != sizeof ping) hang_up(fd);
    }
}

// One whole request.
static void handle(int fd, const char *head, const char *body, size_t body_length) {
    if (!strncmp(head, "GET ", 4)) {
        upgrade(fd, head);
    } else if (!strncmp(head, "POST ", 5)) {
        push_to_all(body, body_length);
        answer(fd, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    } else {
        answer(fd, "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, POST\r\nContent-Length: 0\r\n\r\n");
    }
}

// The length of the request that the text begins with; 0 when more bytes are needed, -1 when it exceeds the bound.
static ssize_t request_length(const char *text, size_t length, size_t *body_length) {
    const char *end = memmem(text, length, "\r\n\r\n", 4);
    if (!end) return length < REQUEST_BYTES_MAX ? 0 : -1;
    size_t head_length = (size_t)(end - text) + 4;
    const char *field = strcasestr(text, "\r\nContent-Length:");
    *body_length = field && field < end ? strtoul(field + 17, NULL, 10) : 0;
    if (*body_length > REQUEST_BYTES_MAX - head_length) return -1;
    return length < head_length + *body_length ? 0 : (ssize_t)(head_length + *body_length);
}

static void keep(int fd, const char *text, size_t length) {
    struct partial *rest = malloc(sizeof *rest + length);
    if (!rest) fail(EXIT_ENVIRONMENT, "out of memory");
    rest->length = length;
    memcpy(rest->bytes, text, length);
    partials[fd] = rest;
}

static void readable(int fd) {
    static char text[REQUEST_BYTES_MAX + 1];
    size_t length = 0, done = 0;
    if (partials[fd]) {
        length = partials[fd]->length;
        memcpy(text, partials[fd]->bytes, length);
    }
    ssize_t taken = read(fd, text + length, REQUEST_BYTES_MAX - length);
    if (taken <= 0) {
        if (taken == 0 || errno != EAGAIN) hang_up(fd);
        return;
    }
    free(partials[fd]);
    partials[fd] = NULL;
    length += (size_t)taken;
    text[length] = 0;
    // What a subscriber sends is read and forgotten.
    while (roles[fd] == HTTP && done < length) {
        size_t body_length = 0;
        ssize_t whole = request_length(text + done, length - done, &body_length);
        if (whole < 0) {
            answer(fd, "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            if (roles[fd] != UNUSED) hang_up(fd);
            return;
        }
        if (whole == 0) {
            keep(fd, text + done, length - done);
            return;
        }
        handle(fd, text + done, text + done + whole - body_length, body_length);
        done += (size_t)whole;
    }
}

// ---- start

static int listen_on(const char *host, int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
    if (!inet_aton(host, &address.sin_addr)) fail(EXIT_USAGE, "host must be an IPv4 address: host=%s", host);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&address, size) || listen(fd, 65535))
        fail(EXIT_ENVIRONMENT, "cannot listen: %s (%s:%d)", strerror(errno), host, port);
    getsockname(fd, (struct sockaddr *)&address, &size);
    watch(fd, LISTENER);
    return ntohs(address.sin_port);
}

static void allocate_tables(void) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    descriptors_max = files.rlim_cur > 1 << 20 ? 1 << 20 : (int)files.rlim_cur;
    roles = calloc((size_t)descriptors_max, sizeof *roles);
    partials = calloc((size_t)descriptors_max, sizeof *partials);
    epoll = epoll_create1(EPOLL_CLOEXEC);
    if (!roles || !partials || epoll < 0) fail(EXIT_ENVIRONMENT, "cannot start: %s", strerror(errno));
}

static int number(const char *name, const char *text, int min, int max) {
    char *end;
    long value = strtol(text, &end, 10);
    if (*end || end == text || value < min || value > max)
        fail(EXIT_USAGE, "%s must be %d to %d: %s=%s", name, min, max, name, text);
    return (int)value;
}

static void usage(FILE *out) {
    fputs("usage: floor [--host 127.0.0.1] [--port 0] [--ports 1] [--ping 0]\n"
          "  Answers WebSocket upgrades, and writes the body of each POST as one text frame to every open WebSocket.\n"
          "  --host   IPv4 address to listen on\n"
          "  --port   first port; 0 picks free ones\n"
          "  --ports  how many consecutive ports\n"
          "  --ping   seconds in which every WebSocket is pinged once; 0 never\n"
          "Prints 'listening' and its ports on one line when it is ready. Ends by SIGTERM or SIGINT.\n", out);
}

int main(int count, char **values) {
    static const struct option options[] = {
        {"host", required_argument, 0, 'h'}, {"port", required_argument, 0, 'p'}, {"ports", required_argument, 0, 'n'},
        {"ping", required_argument, 0, 'i'}, {"help", no_argument, 0, 'H'},       {0, 0, 0, 0}};
    const char *host = "127.0.0.1";
    int port = 0, ports = 1, ping = 0;
    for (int option; (option = getopt_long(count, values, "", options, NULL)) != -1;) {
        if (option == 'h') host = optarg;
        else if (option == 'p') port = number("port", optarg, 0, 65535);
        else if (option == 'n') ports = number("ports", optarg, 1, PORTS_MAX);
        else if (option == 'i') ping = number("ping", optarg, 0, 3600);
        else if (option == 'H') return usage(stdout), 0;
        else return usage(stderr), EXIT_USAGE;
    }
    if (optind < count) return usage(stderr), EXIT_USAGE;
    signal(SIGPIPE, SIG_IGN);
    allocate_tables();
    printf("listening");
    for (int i = 0; i < ports; i++) printf(" %d", listen_on(host, port ? port + i : 0));
    puts("");
    fflush(stdout);
    struct epoll_event events[EVENTS_MAX];
    for (;;) {
        int ready = epoll_wait(epoll, events, EVENTS_MAX, ping ? PING_TURN_MILLIS : -1);
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (roles[fd] == LISTENER) accept_all(fd);
            else if (roles[fd] != UNUSED) readable(fd);
        }
        if (ping) ping_due(ping);
    }
}
