// The accept key of a WebSocket handshake: base64(SHA-1(key + GUID)).
// Source: RFC 6455 section 4.2.2; FIPS 180-4 section 6.1 for SHA-1; RFC 4648 section 4 for base64.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { WEBSOCKET_KEY_LENGTH = 24, ACCEPT_KEY_LENGTH = 28 };

static uint32_t rotate_left(uint32_t word, int bits) { return word << bits | word >> (32 - bits); }

static void sha1_block(const uint8_t *block, uint32_t state[5]) {
    uint32_t w[80], a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    for (int t = 0; t < 16; t++) {
        const uint8_t *p = block + 4 * t;
        w[t] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    }
    for (int t = 16; t < 80; t++) w[t] = rotate_left(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
    for (int t = 0; t < 80; t++) {
        uint32_t mixed;
        if (t < 20) mixed = ((b & c) | (~b & d)) + 0x5a827999;
        else if (t < 40) mixed = (b ^ c ^ d) + 0x6ed9eba1;
        else if (t < 60) mixed = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
        else mixed = (b ^ c ^ d) + 0xca62c1d6;
        uint32_t next = rotate_left(a, 5) + mixed + e + w[t];
        e = d, d = c, c = rotate_left(b, 30), b = a, a = next;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d, state[4] += e;
}

// Message of at most 119 bytes: two blocks with the padding, all that a handshake needs.
static void sha1(const char *message, size_t length, uint8_t digest[20]) {
    uint32_t state[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    uint8_t padded[128] = {0};
    size_t total = length < 56 ? 64 : 128;
    memcpy(padded, message, length);
    padded[length] = 0x80;
    padded[total - 2] = (uint8_t)(length * 8 >> 8);
    padded[total - 1] = (uint8_t)(length * 8);
    for (size_t at = 0; at < total; at += 64) sha1_block(padded + at, state);
    for (int i = 0; i < 20; i++) digest[i] = (uint8_t)(state[i / 4] >> (24 - 8 * (i % 4)));
}

// 20 bytes in, 28 characters and a zero out.
static void base64(const uint8_t digest[20], char text[29]) {
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int group = 0; group < 7; group++) {
        const uint8_t *p = digest + 3 * group;
        uint32_t bits = (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | (group < 6 ? p[2] : 0);
        for (int i = 0; i < 4; i++) text[4 * group + i] = alphabet[bits >> (18 - 6 * i) & 63];
    }
    text[27] = '=';
    text[28] = 0;
}

// The key must have WEBSOCKET_KEY_LENGTH characters; the answer gets ACCEPT_KEY_LENGTH characters and a zero.
static void accept_key(const char *key, char answer[ACCEPT_KEY_LENGTH + 1]) {
    static const char guid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    char message[WEBSOCKET_KEY_LENGTH + sizeof guid];
    uint8_t digest[20];
    memcpy(message, key, WEBSOCKET_KEY_LENGTH);
    memcpy(message + WEBSOCKET_KEY_LENGTH, guid, sizeof guid);
    sha1(message, sizeof message - 1, digest);
    base64(digest, answer);
}
