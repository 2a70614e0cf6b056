package dev.weir.gateway.server.handshake;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a WebSocket handshake must look like.
 *
 * <p><b>Threading:</b> immutable.
 *
 * <p><b>Source:</b> RFC 6455 section 4.2.1; RFC 9112 sections 3.2 and 6.3.
 *
 * @param origins origins that may connect; with none, only the server's own
 */
public record RequestRules(List<String> origins) {
    /** Where WebSockets are. */
    public static final String PATH = "/connection/websocket";

    private static final String JSON = "centrifuge-json";
    private static final int BODY_BYTES_MAX = 8192;
    private static final int KEY_CHARACTERS = 24;

    /** Judges one complete head, in the characters of its bytes. */
    public Judgement judge(String head) {
        RequestHead request = RequestHead.parse(head);
        if (request == null) {
            return new Judgement.Refused(Refusal.badRequest("malformed request line or header"));
        }
        Refusal refusal = fault(request);
        if (refusal != null) {
            return new Judgement.Refused(refusal);
        }
        List<String> offered = request.elements("sec-websocket-protocol");
        return new Judgement.Accepted(
                request.values("sec-websocket-key").getFirst(), offered.contains(JSON) ? JSON : "");
    }

    private @Nullable Refusal fault(RequestHead request) {
        Refusal fault = httpFault(request);
        fault = fault == null ? targetFault(request) : fault;
        fault = fault == null ? bodyFault(request) : fault;
        fault = fault == null ? upgradeFault(request) : fault;
        fault = fault == null ? originFault(request) : fault;
        return fault == null ? formatFault(request) : fault;
    }

    private static @Nullable Refusal httpFault(RequestHead request) {
        if (request.version().equals("HTTP/1.0")) {
            return Refusal.upgradeRequired("HTTP/1.1 is needed");
        }
        if (!request.version().equals("HTTP/1.1")) {
            return Refusal.badRequest("HTTP/1.1 is needed");
        }
        if (request.count("host") != 1) {
            return Refusal.badRequest("one Host header is needed");
        }
        return null;
    }

    private static @Nullable Refusal targetFault(RequestHead request) {
        if (!path(request.target()).equals(PATH)) {
            return Refusal.notFound();
        }
        return request.method().equals("GET") ? null : Refusal.methodNotAllowed();
    }

    private static String path(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        return path.substring(pathStart(path));
    }

    /** A client that takes us for its proxy writes the scheme and the host before the path; Host says the same (RFC 9112, 3.2.2). */
    private static int pathStart(String path) {
        for (String scheme : List.of("http://", "https://")) {
            if (path.regionMatches(true, 0, scheme, 0, scheme.length())) {
                int slash = path.indexOf('/', scheme.length());
                return slash < 0 ? path.length() : slash;
            }
        }
        return 0;
    }

    private static @Nullable Refusal bodyFault(RequestHead request) {
        if (request.count("transfer-encoding") > 0) {
            return Refusal.badRequest("a handshake has no body");
        }
        List<String> lengths = request.values("content-length");
        if (lengths.isEmpty()) {
            return null;
        }
        String length = lengths.getFirst();
        if (lengths.size() > 1 || length.isEmpty() || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Refusal.badRequest("one Content-Length in digits is needed");
        }
        if (length.length() > 9 || Integer.parseInt(length) > BODY_BYTES_MAX) {
            return Refusal.contentTooLarge();
        }
        return Integer.parseInt(length) == 0 ? null : Refusal.badRequest("a handshake has no body");
    }

    private static @Nullable Refusal upgradeFault(RequestHead request) {
        if (!request.lists("upgrade", "websocket")) {
            return Refusal.upgradeRequired("Upgrade: websocket is needed");
        }
        if (!request.lists("connection", "upgrade")) {
            return Refusal.badRequest("Connection: Upgrade is needed");
        }
        List<String> versions = request.values("sec-websocket-version");
        if (!versions.equals(List.of("13"))) {
            return Refusal.upgradeRequired("Sec-WebSocket-Version: 13 is needed");
        }
        List<String> keys = request.values("sec-websocket-key");
        if (keys.size() != 1 || !isKey(keys.getFirst())) {
            return Refusal.badRequest("one Sec-WebSocket-Key of 16 bytes is needed");
        }
        return null;
    }

    private static boolean isKey(String key) {
        if (key.length() != KEY_CHARACTERS || !key.endsWith("==")) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(key).length == 16;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private @Nullable Refusal originFault(RequestHead request) {
        List<String> given = request.values("origin");
        if (given.isEmpty()) {
            return null;
        }
        if (given.size() > 1) {
            return Refusal.badRequest("one Origin header is needed");
        }
        String origin = given.getFirst();
        boolean known = origins.isEmpty() ? isOwn(origin, request.values("host").getFirst()) : origins.contains(origin);
        return known ? null : Refusal.foreignOrigin();
    }

    private static boolean isOwn(String origin, String host) {
        String lower = origin.toLowerCase(Locale.ROOT);
        String own = host.toLowerCase(Locale.ROOT);
        return lower.equals("http://" + own) || lower.equals("https://" + own);
    }

    private static @Nullable Refusal formatFault(RequestHead request) {
        List<String> offered = request.elements("sec-websocket-protocol");
        if (!offered.isEmpty() && !offered.contains(JSON)) {
            return Refusal.badRequest("only the JSON form is spoken: offer centrifuge-json or no subprotocol");
        }
        String target = request.target();
        int mark = target.indexOf('?');
        if (mark < 0) {
            return null;
        }
        for (String parameter : target.substring(mark + 1).split("&", -1)) {
            if (parameter.equals("format=protobuf") || parameter.equals("cf_protocol=protobuf")) {
                return Refusal.badRequest("only the JSON form is spoken: leave out " + parameter);
            }
        }
        return null;
    }
}
