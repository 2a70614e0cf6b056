package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Reads one small page over HTTP, with a deadline on connecting and on every read. */
final class SmallPage {
    /** <b>Bounds:</b> what is read of one page. */
    static final int BYTES_MAX = 4 << 20;

    private static final int DEADLINE_MILLIS = 1_000;

    private SmallPage() {}

    /**
     * The page's text.
     *
     * @throws IOException when it does not answer 200; the message says what it did
     */
    static String text(URI uri) throws IOException {
        if (!(uri.toURL().openConnection() instanceof HttpURLConnection connection)) {
            throw new IOException("not an http URL: " + uri);
        }
        connection.setConnectTimeout(DEADLINE_MILLIS);
        connection.setReadTimeout(DEADLINE_MILLIS);
        connection.setRequestProperty("Connection", "close");
        try {
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException(uri + " answered " + status);
            }
            try (InputStream in = connection.getInputStream()) {
                return new String(in.readNBytes(BYTES_MAX), StandardCharsets.UTF_8);
            }
        } catch (ConnectException refused) {
            throw new IOException(uri + " refused the connection", refused);
        } catch (SocketTimeoutException late) {
            throw new IOException(uri + " did not answer within " + DEADLINE_MILLIS + " ms", late);
        } finally {
            connection.disconnect();
        }
    }
}
