package dev.weir.gateway.server.handshake;

import java.nio.charset.StandardCharsets;

/**
 * A handshake answered with an HTTP status; the connection closes after it.
 *
 * @param status status code
 * @param phrase its phrase
 * @param header one more header line without its end, or empty
 * @param why one line for a person
 * @param counter under which name it is counted
 */
public record Refusal(int status, String phrase, String header, String why, Counter counter) {

    /** What refused handshakes are counted by. */
    public enum Counter {
        CONNECTIONS,
        ORIGIN,
        HANDSHAKE,
        TIMEOUT,
        DRAINING,
        DESCRIPTORS,
        ACCEPT
    }

    static Refusal badRequest(String why) {
        return new Refusal(400, "Bad Request", "", why, Counter.HANDSHAKE);
    }

    static Refusal lineTooLong() {
        return new Refusal(414, "URI Too Long", "", "request line too long", Counter.HANDSHAKE);
    }

    static Refusal headTooLarge() {
        return new Refusal(431, "Request Header Fields Too Large", "", "header too large", Counter.HANDSHAKE);
    }

    static Refusal contentTooLarge() {
        return new Refusal(413, "Content Too Large", "", "a handshake has no body", Counter.HANDSHAKE);
    }

    static Refusal notFound() {
        return new Refusal(404, "Not Found", "", "WebSockets are at " + RequestRules.PATH, Counter.HANDSHAKE);
    }

    static Refusal methodNotAllowed() {
        return new Refusal(405, "Method Not Allowed", "Allow: GET", "a handshake is a GET", Counter.HANDSHAKE);
    }

    static Refusal upgradeRequired(String why) {
        return new Refusal(
                426, "Upgrade Required", "Upgrade: websocket\r\nSec-WebSocket-Version: 13", why, Counter.HANDSHAKE);
    }

    static Refusal foreignOrigin() {
        return new Refusal(403, "Forbidden", "", "origin not allowed", Counter.ORIGIN);
    }

    /** The handshake took longer than it may. */
    public static Refusal timeout() {
        return new Refusal(408, "Request Timeout", "", "handshake took too long", Counter.TIMEOUT);
    }

    /** The node holds as many connections as it may. */
    public static Refusal connectionLimit() {
        return new Refusal(
                503, "Service Unavailable", "Retry-After: 5", "connection limit reached", Counter.CONNECTIONS);
    }

    /** The node is shutting down. */
    public static Refusal draining() {
        return new Refusal(503, "Service Unavailable", "Retry-After: 1", "shutting down", Counter.DRAINING);
    }

    /** The answer as it goes on the wire. */
    public byte[] answer() {
        String body = why + "\n";
        String head = "HTTP/1.1 " + status + " " + phrase + "\r\n"
                + (header.isEmpty() ? "" : header + "\r\n")
                + "Content-Type: text/plain\r\nContent-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }
}
