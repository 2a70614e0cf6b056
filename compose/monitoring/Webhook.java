import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A receiver behind Alertmanager that prints one line for each alert that comes: the time, firing or resolved, the name, the hop.
 *
 * <pre>{@code "$(../weir --jdk)/bin/java" monitoring/Webhook.java 9095}</pre>
 */
class Webhook {
    // As Alertmanager writes it: {"status":"firing","labels":{"alertname":"MemoryNearLimit","hop":"edge",…
    private static final Pattern ALERT = Pattern.compile("\"status\":\"(\\w+)\",\"labels\":\\{([^}]*)}");

    void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(arguments[0])), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            ALERT.matcher(body)
                    .results()
                    .forEach(alert -> System.out.println(Instant.now() + " " + alert.group(1) + " "
                            + label(alert.group(2), "alertname") + " " + label(alert.group(2), "hop")));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    private static String label(String labels, String name) {
        var found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(labels);
        return found.find() ? found.group(1) : "-";
    }
}
