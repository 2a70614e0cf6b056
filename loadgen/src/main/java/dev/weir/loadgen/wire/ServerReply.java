package dev.weir.loadgen.wire;

import java.nio.charset.StandardCharsets;

/**
 * The answer to a command.
 *
 * @param id the command's id; 0 when the line has none
 * @param errorCode code of the error; 0 for success
 * @param pingSeconds how often the server pings, in the answer to a connect; 0 for never
 * @param pong whether the server wants pings answered, in the answer to a connect
 */
public record ServerReply(int id, int errorCode, int pingSeconds, boolean pong) {
    /** The error of a command that the server has nothing for. */
    public static final int NOT_AVAILABLE = 108;

    private static final byte[] ID = ascii("id");
    private static final byte[] ERROR = ascii("error");
    private static final byte[] CODE = ascii("code");
    private static final byte[] CONNECT = ascii("connect");
    private static final byte[] PING = ascii("ping");
    private static final byte[] PONG = ascii("pong");
    private static final int ERROR_WITHOUT_CODE = 100;

    /** Reads the line in {@code bytes[from, to)}; what is missing there is 0 or false. */
    public static ServerReply read(byte[] bytes, int from, int to) {
        JsonCursor cursor = new JsonCursor(bytes, from, to);
        int id = 0;
        int errorCode = 0;
        int pingSeconds = 0;
        boolean pong = false;
        cursor.enterObject();
        while (cursor.nextKey()) {
            if (cursor.isKey(ID)) {
                id = (int) cursor.number();
            } else if (cursor.isKey(ERROR)) {
                errorCode = readCode(cursor);
            } else if (cursor.isKey(CONNECT) && cursor.enterObject()) {
                while (cursor.nextKey()) {
                    if (cursor.isKey(PING)) {
                        pingSeconds = (int) cursor.number();
                    } else if (cursor.isKey(PONG)) {
                        pong = cursor.bool();
                    } else {
                        cursor.skipValue();
                    }
                }
            } else {
                cursor.skipValue();
            }
        }
        return new ServerReply(id, errorCode, pingSeconds, pong);
    }

    private static int readCode(JsonCursor cursor) {
        int code = ERROR_WITHOUT_CODE;
        if (!cursor.enterObject()) {
            cursor.skipValue();
            return code;
        }
        while (cursor.nextKey()) {
            if (cursor.isKey(CODE)) {
                code = (int) cursor.number();
            } else {
                cursor.skipValue();
            }
        }
        return code;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
