package dev.weir.loadgen.topology;

import dev.weir.loadgen.client.RawServer;
import dev.weir.proxy.render.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Answers every request with a 101 over TLS, by the JDK and a certificate in files, and sends nothing more. */
final class TlsServer implements AutoCloseable {
    private final SSLServerSocket listener;

    TlsServer(TlsFiles files) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store(files), new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    URI target() {
        return URI.create("wss://127.0.0.1:" + listener.getLocalPort() + "/");
    }

    private static KeyStore store(TlsFiles files) throws Exception {
        Certificate certificate;
        try (var in = Files.newInputStream(files.certificate())) {
            certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "edge",
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(content(files.key()))),
                new char[0],
                new Certificate[] {certificate});
        return store;
    }

    private static byte[] content(Path pem) throws IOException {
        return Base64.getMimeDecoder().decode(Files.readString(pem).replaceAll("-----[A-Z ]+-----", ""));
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** A client that does not like the certificate ends here. */
    private static void serve(Socket socket) {
        try {
            StringBuilder request = new StringBuilder();
            while (request.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    return;
                }
                request.append((char) next);
            }
            socket.getOutputStream().write(RawServer.switching(request.toString()));
            socket.getOutputStream().write("\u0081\u0002{}".getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException ended) {
            // What the client says of it is what the test looks at.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
