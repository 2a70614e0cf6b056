package dev.weir.loadgen.evidence;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Two real nginx in front of a raw server that answers 101 and then either floods or stays silent.
 *
 * <p><b>Threading:</b> one test thread; the server runs on virtual threads.
 */
public final class NginxChain implements AutoCloseable {
    private static final byte[] SWITCHING =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final Path folder;
    private final ServerSocket upstream = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    private final List<Process> proxies = new ArrayList<>();
    private final List<Socket> clients = new ArrayList<>();
    private final int edgePort = freePort();
    private final int ingressPort = freePort();
    private final int edgeStatusPort;
    private final int ingressStatusPort;

    /** Starts both proxies; {@code edgeDirectives} stand in the edge's location. */
    public NginxChain(Path folder, String edgeDirectives) throws IOException, InterruptedException {
        this(folder, edgeDirectives, false);
    }

    /**
     * Starts both proxies.
     *
     * @param ownStatusPorts whether their pages have ports of their own, so that who asks for one is no client
     */
    public NginxChain(Path folder, String edgeDirectives, boolean ownStatusPorts)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.edgeStatusPort = ownStatusPorts ? freePort() : edgePort;
        this.ingressStatusPort = ownStatusPorts ? freePort() : ingressPort;
        Thread.ofVirtual().start(this::accept);
        startProxy("ingress", ingressPort, ingressStatusPort, upstream.getLocalPort(), "proxy_read_timeout 60s;");
        startProxy("edge", edgePort, edgeStatusPort, ingressPort, edgeDirectives);
    }

    /** The chain as the collector wants it, the agents being this process. */
    public List<HopTarget> hops() {
        long self = ProcessHandle.current().pid();
        return List.of(
                HopTarget.ofProcess("agents", HopKind.AGENTS, self).withPorts(List.of(), List.of(edgePort)),
                proxy("edge", 1, edgePort, edgeStatusPort, ingressPort),
                proxy("ingress", 0, ingressPort, ingressStatusPort, upstream.getLocalPort()),
                HopTarget.ofProcess("gateway", HopKind.OTHER, self)
                        .withPorts(List.of(upstream.getLocalPort()), List.of()));
    }

    /** Opens connections and waits for the 101 of each. */
    public List<Socket> open(String path, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), edgePort);
            clients.add(socket);
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            readHead(socket);
        }
        return List.copyOf(clients);
    }

    private HopTarget proxy(String name, int index, int port, int statusPort, int next) {
        return HopTarget.ofProcess(name, HopKind.NGINX, proxies.get(index).pid())
                .withPorts(List.of(port), List.of(next))
                .withErrorLog(folder.resolve(name + ".log"))
                .withStatus(java.net.URI.create("http://127.0.0.1:" + statusPort + "/stub"));
    }

    private void startProxy(String name, int port, int statusPort, int next, String directives)
            throws IOException, InterruptedException {
        Path config = folder.resolve(name + ".conf");
        String own = statusPort == port ? "" : " listen 127.0.0.1:" + statusPort + ";";
        Files.writeString(config, """
                daemon off; worker_processes 2; pid %1$s/%2$s.pid; error_log %1$s/%2$s.log info;
                events { worker_connections 512; }
                http {
                  access_log off; client_body_temp_path %1$s; proxy_temp_path %1$s;
                  fastcgi_temp_path %1$s; uwsgi_temp_path %1$s; scgi_temp_path %1$s;
                  server {
                    listen 127.0.0.1:%3$d;%6$s
                    location /stub { stub_status; }
                    location / {
                      proxy_pass http://127.0.0.1:%4$d; proxy_http_version 1.1;
                      proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;
                      %5$s
                    }
                  }
                }
                """.formatted(folder, name, port, next, directives, own));
        String binary = System.getenv().getOrDefault("NGINX_BIN", "nginx");
        proxies.add(new ProcessBuilder(
                        binary,
                        "-c",
                        config.toString(),
                        "-e",
                        folder.resolve(name + ".log").toString())
                .inheritIO()
                .start());
        awaitPort(port);
    }

    private static void awaitPort(int port) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 100; attempt++) {
            try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (probe.isConnected()) {
                    return;
                }
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new IOException("nginx does not listen: port=" + port);
    }

    private void accept() {
        while (!upstream.isClosed()) {
            try {
                Socket socket = upstream.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            String head = readHead(socket);
            socket.getOutputStream().write(SWITCHING);
            byte[] message = new byte[32 * 1_024];
            while (head.startsWith("GET /flood")) {
                socket.getOutputStream().write(message);
            }
            while (socket.getInputStream().read() >= 0) {
                // what the client says is of no interest here
            }
        } catch (IOException closedByProxy) {
            // the end of every connection in these tests
        }
    }

    private static String readHead(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed before the end of the head: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        for (Process proxy : proxies) {
            proxy.destroy();
            proxy.onExit().orTimeout(5, TimeUnit.SECONDS).join();
        }
        upstream.close();
    }
}
